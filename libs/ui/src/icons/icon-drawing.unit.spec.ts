import { expect, test } from '@jest/globals';
import { LogOut, Send } from 'lucide-static';
import { drawIcon } from './icon-drawing';
import { uiIcons } from './ui-icons';

test('draws the shapes and nothing else of an icon’s text', () => {
  const shapes = drawIcon(Send, document);
  expect(shapes.map((shape) => shape.tagName)).toEqual(['path', 'path']);
  expect(shapes[1]?.getAttribute('d')).toBe('m21.854 2.147-10.94 10.939');
  expect(shapes[0]?.namespaceURI).toBe('http://www.w3.org/2000/svg');
  expect(drawIcon(LogOut, document).length).toBeGreaterThan(1);
});

test('every icon of the library has shapes', () => {
  const bare = Object.entries(uiIcons).filter(([, source]) => drawIcon(source, document).length === 0);
  expect(bare).toEqual([]);
});
