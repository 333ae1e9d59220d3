import type { NodeSource, TreeNode } from './treeNode.ts'

/**
 * Keeps content of the latest trees' nodes in memory, `most` of them and up to half as many more. It is trimmed between
 * commits, low nodes first: a commit needs the upper ones again and again.
 */
export class NodeCache implements NodeSource {
  private readonly source: NodeSource
  private readonly most: number
  private nodes: TreeNode[] = []

  constructor(source: NodeSource, most: number) {
    this.source = source
    this.most = most
  }

  load(node: TreeNode): void {
    this.source.load(node)
    this.nodes.push(node)
  }

  /** Takes in the nodes of a commit that was made, forgets those that it replaced. */
  turn(made: readonly TreeNode[], replaced: readonly TreeNode[]): void {
    for (const node of replaced) unloadNode(node)
    for (const node of made) this.nodes.push(node)
    if (this.nodes.length > this.most + (this.most >> 1)) this.trim()
  }

  private trim(): void {
    const ofHeight: number[] = []
    for (const { height, loaded } of this.nodes) if (loaded) ofHeight[height] = (ofHeight[height] ?? 0) + 1
    let room = this.most
    let lowest = ofHeight.length
    // Whole heights from the top down, as long as they fit.
    while (lowest > 0 && room >= (ofHeight[lowest - 1] ?? 0)) room -= ofHeight[--lowest] ?? 0
    this.nodes = this.nodes.filter((node) => {
      if (!node.loaded) return false
      if (node.height >= lowest) return true
      unloadNode(node)
      return false
    })
  }
}

const NONE = new Uint8Array(0)

/** Leaves of a stored node only what its parent says of it. */
export function unloadNode(node: TreeNode): void {
  node.loaded = false
  node.key = NONE
  node.value = NONE
  node.left = undefined
  node.right = undefined
}
