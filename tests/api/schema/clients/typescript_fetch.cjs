// Calls every operation of the client for TypeScript that openapi-generator makes: this file FOLDER ADDRESS.
"use strict";

const [, , folder, address] = process.argv;
const made = require(folder);

async function main() {
  const configuration = new made.Configuration({ basePath: address });
  const ids = {};
  let called = 0;
  for (const tag of ["Start", "Tables", "Lists", "Details", "About"]) {
    const api = new made[`${tag}Api`](configuration);
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(api));
    for (const name of names.filter((each) => !/^constructor$|Raw$|RequestOpts$/.test(each))) {
      const asked = name === "tablesContributionsChangesList" ? { from: new Date("2020-01-01") } : {};
      if (tag === "Details") asked.publicId = ids[name.replace(/Retrieve$/, "")];
      const answer = await api[name](asked);
      called += 1;
      if (tag === "Lists") ids[name.replace(/List$/, "")] = answer.results[0].id;
    }
  }
  const api = new made.ListsApi(configuration);
  let rows = 0;
  let page = await api.contributionsList({ limit: 1 });
  for (;;) {
    rows += page.results.length;
    if (page.next === null) break;
    page = await api.contributionsList({ limit: 1, cursor: new URL(page.next).searchParams.get("cursor") });
  }
  if (rows !== page.count || rows < 2) throw new Error(`${rows} of ${page.count} contributions`);
  console.log(called);
}

main().catch((error) => {
  console.error(error, error.response?.url);
  process.exit(1);
});
