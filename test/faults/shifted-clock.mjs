// Loaded before a program: its clock is so many milliseconds ahead of the machine's.
const ahead = Number(process.env.FAULT_CLOCK_AHEAD)

if (ahead !== 0) {
  const Real = Date
  globalThis.Date = new Proxy(Real, {
    construct: (_, args, newTarget) =>
      Reflect.construct(Real, args.length > 0 ? args : [Real.now() + ahead], newTarget),
    get: (target, name) =>
      name === 'now' ? () => Real.now() + ahead : Reflect.get(target, name, target),
  })
}
