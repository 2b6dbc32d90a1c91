/** A `##key=value` line; `fields` in order when the value is `<…>`. */
export interface MetaLine {
  readonly key: string
  readonly value: string
  readonly fields?: readonly MetaField[]
}

interface MetaField {
  readonly name: string
  readonly value: string
  readonly form: 'plain' | 'quoted' | 'list'
}

/** Reads a meta line; a text says what is wrong with it. */
export function readMetaLine(line: string): MetaLine | string {
  const equals = line.indexOf('=')
  const key = line.slice(2, equals)
  const value = line.slice(equals + 1)
  if (!line.startsWith('##') || equals < 3 || /\s/.test(key)) return 'a meta line must be ##key=value'
  if (value === '') return `##${key} has no value`
  if (!value.startsWith('<') || key === 'pedigreeDB' || key === 'assembly') return { key, value }
  const fields = readFields(value)
  return typeof fields === 'string' ? `##${key}: ${fields}` : { key, value, fields }
}

/** `<name=value,name="quoted \" value",name=[a, b]>` */
function readFields(text: string): readonly MetaField[] | string {
  const fields: MetaField[] = []
  let at = 1
  while (at < text.length) {
    const name = text.slice(at).match(/^([A-Za-z0-9_.-]+)=/)?.[1]
    if (name === undefined) return 'a field is not name=value'
    at += name.length + 1
    const rest = text.slice(at)
    const quoted = rest.match(/^"((?:[^"\\]|\\.)*)"/)
    const list = rest.match(/^\[([^\]]*)\]/)
    const plain = rest.match(/^[^,"<>[\]]*/)?.[0] ?? ''
    const [whole, value, form] = quoted
      ? ([quoted[0], quoted[1] ?? '', 'quoted'] as const)
      : list
        ? ([list[0], list[1] ?? '', 'list'] as const)
        : ([plain, plain, 'plain'] as const)
    if (form === 'plain' && value === '') return `${name} has no value`
    fields.push({ name, value, form })
    at += whole.length
    if (text[at] === '>') return at === text.length - 1 ? fields : 'text follows the closing bracket'
    if (text[at] !== ',') return `${name} is not closed`
    at += 1
  }
  return 'the closing bracket is missing'
}
