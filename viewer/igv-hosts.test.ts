import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cutOutsideCalls } from './igv-offline-plugin.mjs'

/**
 * Every host still written in igv's code after the cuts, and why its being there sends nothing. What asks for data is one XHR behind
 * our own-origin check (igv-offline.test.ts), so a name alone is inert; a new name must still be looked at by a person.
 */
const INERT: Readonly<Record<string, string>> = {
  '': 'a scheme alone: comparisons and replacements of the beginning of an address',
  'www.w3.org': 'names of XML namespaces',
  'github.com': 'text of an error message, and comments',
  'stackoverflow.com': 'a comment behind code',
  'mathworld.wolfram.com': 'a comment',
  'genome.ucsc.edu': 'comments; a link that is made only for BLAT results, which cannot be asked for',
  'genomewiki.ucsc.edu': 'a comment',
  'hgdownload.soe.ucsc.edu': 'built-in genomes and hubs: reached only by a genome id or an accession, we give a reference object',
  'igv.org': 'a comparison with the beginning of a reference address',
  'www.ncbi.nlm.nih.gov': 'a link of GWAS features, and the address of a ClinVar answer that can no longer come',
  'run.opencravat.org': 'a link in the pop-up of MAF features, whose pop-up is ours',
  'ftp.ncbi.nlm.nih.gov': 'a comparison',
  'www.googleapis.com': 'comparisons, and scopes of a sign-in that is not configured',
  'storage.cloud.google.com': 'a comparison',
  'storage.googleapis.com': 'comparisons; a table for CNVpytor tracks, a format we never load, behind the own-origin check',
  'accounts.google.com': 'text of an error message',
  'dl.dropboxusercontent.com': 'a comparison',
  'www.dropbox.com': 'a comparison',
}

function hostsOf(text: string): ReadonlySet<string> {
  const code = text.split('\n').filter(line => !/^\s*(\/\/|\*|\/\*)/.test(line))
  return new Set(code.flatMap(line => [...line.matchAll(/(?:https?|wss?|ftp):\/\/([^/"'`\s)<>\]]*)/g)].map(it => it[1] ?? '')))
}

test('every host that igv’s code still names after the cuts is one that was looked at, and none is listed in vain', () => {
  const source = readFileSync('node_modules/igv/dist/igv.esm.js', 'utf8')
  const left = hostsOf(cutOutsideCalls(source))
  expect([...left].sort()).toEqual(Object.keys(INERT).sort())
  expect(hostsOf(source).size).toBeGreaterThan(left.size)
})
