# The comparisons of benches/stats.rs in base R: `name seconds statistic` per line, medians of 3 runs.
folder <- commandArgs(trailingOnly = TRUE)[1]
cat(R.version.string, "\n")
read <- function(name) readBin(file.path(folder, name), "double", n = 2e6, endian = "little")
timed <- function(name, work, runs = 3) {
  seconds <- numeric(runs)
  for (run in seq_len(runs)) {
    start <- proc.time()[["elapsed"]]
    value <- work()
    seconds[run] <- proc.time()[["elapsed"]] - start
  }
  cat(name, median(seconds), format(as.numeric(value), digits = 15), "\n")
}

first <- read("first")
second <- read("second")
timed("mann_whitney", function() wilcox.test(first, second, exact = FALSE)$p.value)

# cor(method = "kendall") compares all pairs: hours for a million. Nothing is compared.

rows <- read("rows_x")
columns <- read("rows_y")
timed("chisq", function() {
  test <- chisq.test(table(rows, columns), correct = FALSE)
  sqrt(test$statistic / (length(rows) * 4))
  test$statistic
})

# Base R has no BCa interval: boot's algorithm by hand, a vectorised mean per resample and the closed-form jackknife.
people <- read("people")
timed("bca", function() {
  set.seed(1)
  n <- length(people)
  replicates <- vapply(1:10000, function(i) mean(people[sample.int(n, n, TRUE)]), 0)
  z0 <- qnorm(mean(replicates < mean(people)))
  influence <- people - mean(people)
  a <- sum(influence^3) / (6 * sum(influence^2)^1.5)
  z <- qnorm(0.025)
  quantile(replicates, pnorm(z0 + (z0 + z) / (1 - a * (z0 + z))))
})
