/** The part of TypeScript's compiler that the analyzer hands on. */
/** @typedef {{ isClassDeclaration(node: object): boolean,
 *   getJSDocTags(node: object): readonly { tagName: { text: string }, comment?: unknown }[] }} Compiler */

/**
 * Gives attributes the types that `@attr` states. Those of their properties name types, which an
 * editor of HTML would offer as values.
 */
export function attributeTypes() {
  /** @type {Map<string, string>} */
  const stated = new Map()
  return {
    name: 'attribute-types',
    /** @param {{ ts: Compiler, node: object }} context */
    analyzePhase({ ts, node }) {
      if (!ts.isClassDeclaration(node)) return
      for (const { tagName, comment } of ts.getJSDocTags(node)) {
        const [, type, name] = /^\{(.+?)\} ([\w-]+)/.exec(String(comment)) ?? []
        if (tagName.text === 'attr' && type && name) stated.set(name, type)
      }
    },
    /** @param {{ customElementsManifest: import('./framework-types.mjs').Manifest }} context */
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations = [] } of customElementsManifest.modules) {
        for (const attribute of declarations.flatMap(({ attributes = [] }) => attributes)) {
          const text = stated.get(attribute.name)
          if (text) attribute.type = { text }
        }
      }
    },
  }
}
