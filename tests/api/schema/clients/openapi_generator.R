# Calls every operation of the client for R that openapi-generator makes: Rscript this file LIBRARY ADDRESS.
options(warn = 1)
arguments <- commandArgs(trailingOnly = TRUE)
library(openapi, lib.loc = arguments[1])
client <- ApiClient$new(base_path = arguments[2])
ids <- list()
called <- 0
for (tag in c("Start", "Tables", "Lists", "Details", "About")) {
  api <- get(paste0(tag, "Api"))$new(client)
  # Without WithHttpInfo, R up to 4.2 takes what is left out for given.
  for (name in sub("WithHttpInfo$", "", grep("WithHttpInfo$", ls(api), value = TRUE))) {
    asked <- list()
    if (name == "TablesContributionsChangesList") asked$from <- "2020-01-01"
    if (tag == "Details") asked$public_id <- ids[[sub("Retrieve$", "", name)]]
    answer <- tryCatch(
      do.call(api[[paste0(name, "WithHttpInfo")]], asked),
      error = function(problem) stop(name, ": ", conditionMessage(problem), call. = FALSE)
    )
    if (answer$status_code != 200) stop(name, " answers ", answer$status_code, ": ", answer$response)
    called <- called + 1
    if (tag == "Lists") ids[[sub("List$", "", name)]] <- answer$content$results[[1]]$id
  }
}
cat(called, "\n")
