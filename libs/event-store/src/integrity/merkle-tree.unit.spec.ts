import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MerkleTree } from './merkle-tree';

const sha = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const entries = Array.from({ length: 70 }, (_, at) => sha(Buffer.from(`event ${at}`)));

/** The definition, word by word: split at the largest power of two that is smaller than n. */
function definition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return sha(Buffer.from([0]), leaves[0] as Buffer);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha(Buffer.from([1]), definition(leaves.slice(0, split)), definition(leaves.slice(split)));
}

describe('MerkleTree', () => {
  it('has the root that RFC 6962 defines, at every size', () => {
    const tree = new MerkleTree();
    expect(tree.root()).toEqual(definition([]));
    entries.forEach((entry, at) => {
      tree.add(entry);
      expect(tree.size).toBe(at + 1);
      expect(tree.root()).toEqual(definition(entries.slice(0, at + 1)));
    });
  });

  it('goes on from its edge as if it had never stopped', () => {
    for (const cut of [0, 1, 2, 3, 7, 32, 63, 64, 69]) {
      const before = new MerkleTree();
      for (const entry of entries.slice(0, cut)) before.add(entry);
      const after = MerkleTree.from(before.size, before.edge);
      for (const entry of entries.slice(cut)) after.add(entry);
      expect(after.root()).toEqual(definition(entries));
    }
  });

  it('takes no edge of another size', () => {
    const tree = new MerkleTree();
    for (const entry of entries.slice(0, 5)) tree.add(entry);
    expect(() => MerkleTree.from(6, tree.edge.slice(1))).toThrow('does not fit');
    expect(() => MerkleTree.from(5, [...tree.edge.slice(1), Buffer.alloc(31)])).toThrow('does not fit');
  });
});
