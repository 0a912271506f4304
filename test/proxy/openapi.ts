import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe } from '../../src/proxy/openapi/describe.js'

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

const document = describe() as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Record<string, unknown>> }
}
const ajv = new Ajv2020({ strict: false })
const compiled = new Map<object, ValidateFunction>()

/** Here a member that is not described is a fault, though a client would not mind it. */
const components = {
  schemas: Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, closed(schema)]),
  ),
}

function closed<T>(schema: T): T {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(closed) as T
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, closed(value)]),
  )
  const isOpen = 'properties' in schema && !('additionalProperties' in schema)
  return (isOpen ? { ...inner, additionalProperties: false } : inner) as T
}

const routes = Object.entries(document.paths)
  .map(([path, operations]) => ({
    path,
    operations,
    pattern: new RegExp(`^${path.replace(/[.@]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  // What names more of its path is meant before what names less.
  .sort((a, b) => a.path.split('{').length - b.path.split('{').length)

/**
 * Holds an answer of the running proxy against the description of its route, and leaves it unread.
 *
 * @throws {Error} where the route answers what its description does not say.
 */
export async function expectDescribed(
  method: string,
  path: string,
  response: Response,
): Promise<void> {
  const route = routes.find(({ pattern }) => pattern.test(path.split(/[?#]/)[0] ?? ''))
  if (!route || method === 'OPTIONS') return
  const { status } = response
  const asked = `${method} ${route.path}`
  const operation = route.operations[(method === 'HEAD' ? 'GET' : method).toLowerCase()]
  if (!operation) {
    if (status !== 405) throw new Error(`${asked} answers ${status} and is not described`)
    return
  }
  const described = operation.responses[status]
  if (!described) throw new Error(`${asked}: a ${status} is not described`)
  if (method !== 'HEAD' && described.content) await checkBody(asked, response, described.content)
}

async function checkBody(
  asked: string,
  response: Response,
  content: Record<string, { schema?: object }>,
): Promise<void> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  const [, media] =
    Object.entries(content).find(
      ([each]) => each === type || each === type.replace(/\/.*/, '/*'),
    ) ?? []
  if (!media) throw new Error(`${asked}: a ${response.status} of ${type} is not described`)
  if (!media.schema || !type.endsWith('json')) return
  const validate = compile(media.schema)
  if (!validate(await response.clone().json())) {
    throw new Error(`${asked} ${response.status}: ${ajv.errorsText(validate.errors)}`)
  }
}

function compile(schema: object): ValidateFunction {
  const validate = compiled.get(schema) ?? ajv.compile({ ...schema, components })
  compiled.set(schema, validate)
  return validate
}
