const namespace = 'http://www.w3.org/2000/svg';

/**
 * The shapes of a Lucide icon's source text as elements. Made one by one, never through innerHTML, so that Trusted Types
 * and a strict CSP have nothing to forbid.
 */
export function drawIcon(source: string, document: Document): SVGElement[] {
  const body = source.slice(source.indexOf('>') + 1);
  return [...body.matchAll(/<(\w+)((?:\s+[\w-]+="[^"]*")*)\s*\/>/g)].map(([, tag = 'path', attributes = '']) => {
    const shape = document.createElementNS(namespace, tag) as SVGElement;
    for (const [, name = '', value = ''] of attributes.matchAll(/([\w-]+)="([^"]*)"/g)) shape.setAttribute(name, value);
    return shape;
  });
}
