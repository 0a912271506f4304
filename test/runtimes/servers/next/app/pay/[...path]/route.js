import { pay } from '../../../pay.mjs'

export const dynamic = 'force-dynamic'
const handle = (request) => pay().fetch(request)

export { handle as GET, handle as OPTIONS, handle as POST }
