/*
 * igv.js 3.8.10 calls outside by itself: a click on a mismatching base sends the patient's variant to a public server, BLAT posts
 * read sequence, any failed request loads a table of mirrors. This cuts those calls out of the code at build time; the content
 * policy and the session filter are the second and third wall. Every cut must find its place: a new version of igv stops the build.
 */
const VERSION_MARK = 'igv/dist/igv.esm.js'

/** `times` is how often the text must occur. */
const CUTS = [
  {
    why: 'ClinVar lookup of the clicked variant',
    find: 'async function getClinVarURL(hgvsNotation) {\n    try {',
    put: 'async function getClinVarURL(hgvsNotation) {\n    return null;\n    try {',
    times: 1,
  },
  { why: 'its address', find: 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi?', put: '', times: 1 },
  {
    why: 'and its request',
    find: 'const response = await fetch(esearchUrl);',
    put: 'const response = {ok: false, status: 0};',
    times: 1,
  },
  {
    why: 'BLAT posts the sequence of a read',
    find: 'const response = await fetch(url, { method: "post", body: data });',
    put: 'throw Error("not available offline");',
    times: 1,
  },
  { why: 'BLAT addresses', find: 'https://igv.org/services/blatUCSC.php', put: '', times: 2 },
  {
    why: 'table of mirrors after a failed request',
    find: 'const data = await igvxhr.loadString(mappingURL, {timeout: MAPPING_TIMEOUT});',
    put: 'const data = "";',
    times: 1,
  },
  { why: 'its address', find: 'https://igv.org/data/url_mappings.tsv', put: '', times: 1 },
  { why: 'list of hosted genomes', find: 'https://igv.org/genomes/genomes3.json', put: '', times: 1 },
  {
    why: 'its mirror',
    find: 'https://raw.githubusercontent.com/igvteam/igv-data/refs/heads/main/genomes/web/genomes.json',
    put: '',
    times: 1,
  },
  {
    why: 'search by name at a public server',
    find: 'https://igv.org/genomes/locus.php?genome=$GENOME$&name=$FEATURE$',
    put: '',
    times: 1,
  },
  {
    why: 'services that read over the network',
    find: "const response = await fetch(url, {\n            method: 'GET',\n            headers: headers,\n            redirect: 'follow',\n            mode: 'cors',",
    put: "throw Error('not available offline');\n        const response = await Promise.reject({\n            method: 'GET',\n            headers: headers,\n            redirect: 'follow',\n            mode: 'cors',",
    times: 2,
  },
  {
    why: 'remote control of the browser',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is igv's own text
    find: 'socket = new WebSocket(`${protocol}//${host}:${port}`);',
    put: 'throw Error("not available offline");',
    times: 1,
  },
  {
    why: 'not a call but a fault: sorting by base throws where only spliced reads cross, and igv then gives up the track',
    find: 'const coverage = coverageMap.coverage[coverageMapIndex];',
    put: 'const coverage = coverageMap.coverage[coverageMapIndex] ?? {del: 0, ins: 0};',
    times: 2,
  },
  {
    why: 'the one place where data is asked for: our own origin and nothing else',
    find: 'const xhr = new XMLHttpRequest();',
    put: 'if (new URL(url, window.location.href).origin !== window.location.origin) { reject(Error("not available offline")); return }\n            const xhr = new XMLHttpRequest();',
    times: 1,
  },
  {
    why: 'hook, not a call: grouping of reads by a rule of ours, and leaving a group undrawn without losing its reads',
    find: 'const group = a.getGroupValue(groupBy, expectedPairOrientation) || "";',
    put: 'const group = (groupBy.of ? groupBy.of(a) : a.getGroupValue(groupBy, expectedPairOrientation)) || "";\n                    if (groupBy.hides && groupBy.hides(group)) { this.#unpacked.push(a); continue }',
    times: 1,
  },
  {
    why: 'not a call but a fault: where the reference is not known (N) every base of every read is drawn as a mismatch',
    find: 'if (readChar === "X" || refChar !== readChar || isSoftClip || showAllBases) {',
    put: 'if (readChar === "X" || (refChar !== readChar && refChar !== "N") || isSoftClip || showAllBases) {',
    times: 1,
  },
  {
    why: 'and every bar of coverage',
    find: 'isMismatch(refBase) {',
    put: 'isMismatch(refBase) {\n        if (refBase === "N") return false;',
    times: 1,
  },
]

/** The text of igv without its outside calls. Throws when a place is not found as often as it was in 3.8.10. */
export function cutOutsideCalls(code) {
  let text = code
  for (const { why, find, put, times } of CUTS) {
    const found = text.split(find).length - 1
    if (found !== times)
      throw new Error(`igv.js is not the version that was examined: "${why}" found ${found} times, not ${times}`)
    text = text.split(find).join(put)
  }
  return text
}

/** For vite.config.ts. */
export function igvOffline() {
  let seen = false
  return {
    name: 'igv-offline',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0].endsWith(VERSION_MARK)) return undefined
      seen = true
      return { code: cutOutsideCalls(code), map: null }
    },
    buildEnd(error) {
      if (!error && !seen && this.meta?.watchMode !== true && process.env.NODE_ENV === 'production')
        throw new Error('igv.js was not built through the offline plugin')
    },
  }
}
