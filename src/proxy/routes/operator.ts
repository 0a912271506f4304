import type { Answer } from '../http/answer.js'
import { requireApiKey } from '../http/api-key.js'
import { readJson } from '../http/body.js'
import type { HttpRequest } from '../http/http-request.js'
import { json } from '../http/json.js'
import { ProblemError } from '../http/problem.js'
import type { Resource } from '../http/resource.js'
import type { Params } from '../http/routes.js'
import type { Services } from '../services.js'

/** `POST /payments/{id}/resolve`, `POST /payments/{id}/redeliver`, `GET /payments/{id}/record`. */
export function operatorRoutes(resource: Resource, services: Services): void {
  const { operator } = services
  const route = (
    path: string,
    method: 'GET' | 'POST',
    work: (id: string, request: HttpRequest) => Promise<unknown>,
  ) =>
    resource(
      path,
      {
        [method]: async (request: HttpRequest, { id = '' }: Params) => {
          requireApiKey(request.header('authorization'), services.settings.apiKeys)
          return json(await work(id, request))
        },
      },
      () => true,
    )

  route('/payments/:id/resolve', 'POST', async (id, request) =>
    operator.resolve(id, await readJson(request)),
  )
  route('/payments/:id/redeliver', 'POST', (id) => operator.redeliver(id))
  route('/payments/:id/record', 'GET', async (id) => ({ record: await operator.record(id) }))
}

/** `GET /payments?order=&status=&undelivered=1&cursor=`: newest first, 100 at a time. */
export async function listPayments(request: HttpRequest, services: Services): Promise<Answer> {
  requireApiKey(request.header('authorization'), services.settings.apiKeys)
  const undelivered = request.query('undelivered')
  if (undelivered !== undefined && undelivered !== '1') {
    throw new ProblemError('body-invalid', { detail: 'undelivered is 1, or left out.' })
  }
  const filter = {
    order: request.query('order'),
    status: request.query('status'),
    cursor: request.query('cursor'),
    undelivered: undelivered === '1',
  }
  return json(await services.operator.payments(filter))
}
