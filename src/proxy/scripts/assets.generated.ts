export const assets: Record<string, { type: string; body: string }> = {}
