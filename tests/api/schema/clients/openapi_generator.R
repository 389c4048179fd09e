# Calls every operation of the client for R that openapi-generator makes: Rscript this file LIBRARY ADDRESS.
# Prints how many were answered; what its models cannot hold is read as text, and named on the error stream.
options(warn = 1)
arguments <- commandArgs(trailingOnly = TRUE)
library(openapi, lib.loc = arguments[1])
client <- ApiClient$new(base_path = arguments[2])
ids <- list()
called <- 0
held <- c("TablesCountrySummaryRetrieve", "TablesList", "ColumnsList")
for (tag in c("Start", "Tables", "Lists", "Details", "About")) {
  api <- get(paste0(tag, "Api"))$new(client)
  # Without WithHttpInfo, R up to 4.2 takes what is left out for given.
  for (name in sub("WithHttpInfo$", "", grep("WithHttpInfo$", ls(api), value = TRUE))) {
    call <- api[[paste0(name, "WithHttpInfo")]]
    asked <- list()
    if (name == "TablesContributionsChangesList") asked$from <- "2020-01-01"
    if (tag == "Details") asked$public_id <- ids[[sub("Retrieve$", "", name)]]
    tryCatch(do.call(call, asked), error = function(problem) {
      if (name %in% held) stop(name, ": ", conditionMessage(problem), call. = FALSE)
      message(name, ": ", conditionMessage(problem))
    })
    answer <- do.call(call, c(asked, .parse = FALSE))
    if (answer$status_code != 200) stop(name, " answers ", answer$status_code, ": ", answer$content)
    called <- called + 1
    if (tag == "Lists") {
      rows <- jsonlite::fromJSON(answer$content, simplifyVector = FALSE)$results
      ids[[sub("List$", "", name)]] <- rows[[1]]$id
    }
  }
}
cat(called, "\n")
