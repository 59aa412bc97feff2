import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { roles } from '@deskside/domain';
import type { Role } from '@deskside/domain';
import { Localization, injectTexts } from '@deskside/ui';

/** Roles in words, always in the same order. */
@Component({
  selector: 'ds-role-names',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `{{ words() }}`,
})
export class RoleNames {
  readonly held = input.required<readonly Role[]>();

  readonly #t = injectTexts();
  readonly #localization = inject(Localization);
  protected readonly words = computed(() => {
    const list = new Intl.ListFormat(this.#localization.tag(), { type: 'unit', style: 'short' });
    return list.format(roles.filter((role) => this.held().includes(role)).map((role) => this.#t(`roles.${role}`)));
  });
}
