/**
 * A module that loads when it is first asked for: undefined until it is there, which `host` is
 * told, and where it can't be had, so that the next asking tries again.
 */
export function lazily<Module>(
  load: () => Promise<Module>,
): (host: { requestUpdate(): void }) => Module | undefined {
  let module: Module | undefined
  let isLoading = false
  return (host) => {
    if (!module && !isLoading) {
      isLoading = true
      load()
        .then((loaded) => {
          module = loaded
          host.requestUpdate()
        })
        .catch(() => {
          isLoading = false
        })
    }
    return module
  }
}
