import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { form } from '@angular/forms/signals';
import { describe, expect, it } from '@jest/globals';
import type { Texts } from '@deskside/ui';
import { refusedField } from './refused-field';

const t: Texts = (key) => key;

describe('a refusal', () => {
  it('stands at the field that its code names', () => {
    TestBed.runInInjectionContext(() => {
      const { name, email } = form(signal({ name: '', email: '' }));
      const fields = { NAME: name, EMAIL: email };
      const atField = refusedField({ kind: 'refused', code: 'EMAIL_TAKEN' }, fields, t);
      expect(atField).toEqual({ kind: 'EMAIL_TAKEN', message: 'refusal.EMAIL_TAKEN', fieldTree: email });
      expect(refusedField({ kind: 'refused', code: 'NOT_ALLOWED' }, fields, t)).toBeUndefined();
      expect(refusedField({ kind: 'broken' }, fields, t)).toBeUndefined();
    });
  });
});
