// Reads tables and lists by the types that openapi-typescript makes; compiled strictly, so that a wrong field fails.
import type { components, paths } from "./api";
import createClient from "openapi-fetch";

const client = createClient<paths, "application/json">({ baseUrl: process.argv[2] });

async function main(): Promise<void> {
  const summary = await client.GET("/api/v1/tables/country-summary/");
  if (!summary.data) throw new Error(JSON.stringify(summary.error));
  const names: string[] = summary.data.columns.map((column) => column.name);
  let rows = 0;
  let cursor: string | undefined;
  for (;;) {
    const page = await client.GET("/api/v1/contributions/", { params: { query: { limit: 1, cursor } } });
    if (!page.data) throw new Error(JSON.stringify(page.error));
    rows += page.data.results.length;
    const amounts: (string | null | undefined)[] = page.data.results.map((row) => row.eur);
    if (amounts.some((amount) => typeof amount === "number")) throw new Error("amounts are text");
    if (page.data.next === null) {
      if (rows !== page.data.count || rows < 2) throw new Error(`${rows} of ${page.data.count}`);
      break;
    }
    cursor = new URL(page.data.next).searchParams.get("cursor") ?? undefined;
  }
  const refused = await client.GET("/api/v1/pledges/", { params: { query: { contributor: ["NOBODY"] } } });
  const problem = refused.error as unknown as components["schemas"]["Problem"];
  if (problem.status !== 400 || !problem.errors?.length) throw new Error("a refusal is a problem");
  console.log(names.length > 3 ? "ok" : names);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
