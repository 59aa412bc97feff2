import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon, injectTexts } from '@deskside/ui';
import { passwordRules } from './password-rules';

/** The rules for a password, each with a tick once it is met. */
@Component({
  selector: 'ds-password-rule-list',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>{{ t('link.rules.title') }}</p>
    <ul>
      @for (rule of rules(); track rule.name) {
        <li [class.met]="rule.met">
          <ds-icon [name]="rule.met ? 'check' : 'todo'" />
          <span>{{ t('link.rules.' + rule.name, rule.figures) }}</span>
          <span class="ds-visually-hidden">{{ t(rule.met ? 'link.rules.met' : 'link.rules.notMet') }}</span>
        </li>
      }
    </ul>
    <p class="advice">{{ t('link.rules.advice') }}</p>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 4px;
      color: var(--ds-text-2);
      font-size: var(--ds-small);
    }
    li {
      display: flex;
      align-items: center;
      gap: 6px;
    }
    .met ds-icon {
      color: var(--ds-good);
    }
  `,
})
export class PasswordRuleList {
  readonly typed = input.required<string>();

  protected readonly t = injectTexts();
  protected readonly rules = computed(() => passwordRules(this.typed()));
}
