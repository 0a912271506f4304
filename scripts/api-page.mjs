/**
 * @typedef {Record<string, any>} Json
 */

/**
 * The description of the HTTP contract as a page to read.
 *
 * @param {Json} document OpenAPI 3.1
 */
export function apiPage({ info, tags, paths, components }) {
  return `${[
    '# The HTTP contract',
    'Made by the build from the schemas that the proxy itself reads and writes by; a running proxy gives\nthe same at `/openapi.json`, for tools.',
    info.description,
    ...tags.flatMap((/** @type {Json} */ { name, description }) => [
      `## ${name}`,
      description,
      ...operationsOf(paths, name).map(operation),
    ]),
    '## Schemas',
    ...Object.entries(components.schemas).flatMap(([name, schema]) => [
      `### ${name}`,
      members(schema),
    ]),
  ].join('\n\n')}\n`
}

/**
 * @param {Json} paths
 * @param {string} tag
 * @returns {[string, Json][]}
 */
function operationsOf(paths, tag) {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, described]) =>
        /** @type {[string, Json]} */ ([`${method.toUpperCase()} ${path}`, described]),
    ),
  )
  return all.filter(([, { tags }]) => tags[0] === tag)
}

/** @param {[string, Json]} operation */
function operation([name, { summary, parameters = [], requestBody, responses }]) {
  const body = requestBody ? [`Body: ${link(requestBody.content['application/json'].schema)}`] : []
  return [
    `### \`${name}\``,
    `${summary}.`,
    ...(parameters.length > 0 ? [table(['parameter', 'in', 'meaning'], parameters.map(row))] : []),
    ...body,
    table(['status', 'answer', 'body'], Object.entries(responses).map(response)),
  ].join('\n\n')
}

/** @param {Json} parameter */
function row({ name, in: where, required, description }) {
  return [`\`${name}\``, where, `${description}${required ? '; required' : ''}`]
}

/** @param {[string, Json]} response */
function response([status, { description, content = {} }]) {
  const bodies = Object.entries(content).map(([type, { schema = {} }]) => link(schema) || type)
  return [status, description, bodies.join(', ')]
}

/**
 * The names of the schemas that this one is made of.
 *
 * @param {Json} schema
 * @returns {string}
 */
function link(schema) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)
    return `[${name}](#${name.toLowerCase()})`
  }
  const parts = schema.oneOf ?? schema.allOf ?? []
  return parts.map(link).filter(Boolean).join(' or ')
}

/**
 * @param {Json} schema of an object
 * @param {string} [prefix]
 */
function members(schema, prefix = '') {
  return table(['member', 'type', 'there'], rows(schema, prefix))
}

/**
 * @param {Json} schema
 * @param {string} prefix
 * @returns {string[][]}
 */
function rows({ properties = {}, required = [] }, prefix) {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`
    const items = schema.type === 'array' ? schema.items : schema
    const inner = items.properties ? rows(items, `${path}${items === schema ? '' : '[]'}.`) : []
    return [
      [`\`${path}\``, typeOf(schema), required.includes(name) ? 'always' : 'at times'],
      ...inner,
    ]
  })
}

/**
 * @param {Json} schema
 * @returns {string}
 */
function typeOf(schema) {
  if (schema.$ref) return link(schema)
  if ('const' in schema) return `\`${schema.const}\``
  if (schema.enum) return schema.enum.map((/** @type {unknown} */ each) => `\`${each}\``).join(', ')
  const parts = schema.anyOf ?? schema.oneOf
  if (parts) return parts.map(alternative).join(' or ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`
  const pattern = schema.pattern ? ` like \`${schema.pattern.replaceAll('|', '\\|')}\`` : ''
  return `${[schema.type].flat().join(' or ')}${pattern}`
}

/** @param {Json} schema */
function alternative(schema) {
  if (!schema.properties) return typeOf(schema)
  const { properties, required = [] } = schema
  const parts = Object.entries(properties).map(
    ([name, each]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(each)}`,
  )
  return `{${parts.join(', ')}}`
}

/**
 * @param {string[]} header
 * @param {string[][]} rows
 */
function table(header, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`
  return [header, header.map(() => '---'), ...rows].map(line).join('\n')
}
