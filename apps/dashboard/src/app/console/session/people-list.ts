import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { isInSession, isRepresentative } from '@deskside/domain';
import type { Participant } from '@deskside/domain';
import { Avatar, PersonName, Presence, Time, injectTexts, shownText, Writes } from '@deskside/ui';
import { AudioMark } from '../audio/audio-mark';
import type { OpenSession } from '../open-sessions/open-session';
import { SessionActs } from './session-acts';

/** Who is in, who is away, who has gone. */
@Component({
  selector: 'ds-people-list',
  imports: [AudioMark, Avatar, MatButtonModule, PersonName, Presence, Time, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul>
      @for (person of people(); track person.id) {
        <li>
          <ds-avatar [name]="person.name" [colour]="isRepresentative(person.role) ? 'h' : session().colour" />
          <span class="who">
            <span class="name">
              <ds-person-name [name]="person.name" />
              @if (person.id === session().me()?.id) {
                <span class="role you">({{ t('console.people.you') }})</span>
              }
            </span>
            <span class="role">{{ t('sessionRole.' + person.role) }}</span>
            @if (deviceOf(person); as device) {
              <span class="role">{{ t('console.people.device', device) }}</span>
            }
            <ds-audio-mark [session]="session()" [participantId]="person.id" />
          </span>
          <span class="there">
            <ds-presence [presence]="person.presence" />
            <ds-time class="role" [at]="person.presenceSince" form="clock" />
          </span>
          @if (mayRemove(person)) {
            <button
              matButton
              type="button"
              dsWrites
              [attr.aria-label]="t('console.people.removeName', { name: nameOf(person) })"
              (click)="acts.remove(session(), person)"
            >
              {{ t('console.people.remove') }}
            </button>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px 10px;
      min-height: 44px;
      padding: 4px 14px;
    }
    ds-avatar {
      --ds-avatar-size: 26px;
    }
    .who {
      display: flex;
      flex: 1 1 110px;
      flex-direction: column;
      min-width: 0;
    }
    .name {
      overflow-wrap: anywhere;
    }
    .you {
      margin-inline-start: 4px;
    }
    .there {
      display: flex;
      flex-direction: column;
      align-items: flex-end;
      font-size: var(--ds-small);
    }
    .role {
      color: var(--ds-text-3);
      font-size: var(--ds-small);
    }
  `,
})
export class PeopleList {
  readonly session = input.required<OpenSession>();

  protected readonly t = injectTexts();
  protected readonly acts = inject(SessionActs);
  protected readonly isRepresentative = isRepresentative;

  /** Those who are in first, each group in the order of joining. */
  protected readonly people = computed(() => {
    const all = this.session().participants();
    return [...all.filter(isInSession), ...all.filter((person) => !isInSession(person))];
  });

  protected deviceOf({ id }: Participant): { browser: string; system: string } | null {
    const session = this.session().session();
    const device = session.status === 'absent' ? undefined : session.devices[id];
    return device === undefined ? null : { browser: device.browser, system: device.system };
  }

  protected mayRemove(person: Participant): boolean {
    return !this.session().ended() && isInSession(person) && !isRepresentative(person.role);
  }

  protected nameOf({ name }: Participant): string {
    return shownText(name, this.t);
  }
}
