/** One line of progress on stderr, so that stdout stays for results. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Stops with one sentence that says what is missing and how to get it. */
export function giveUp(text) {
  say(text)
  process.exit(1)
}
