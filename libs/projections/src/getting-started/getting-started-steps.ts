/** What a new site has done already. */
export interface GettingStartedSteps {
  readonly siteNamed: boolean;
  readonly colleagueInvited: boolean;
  readonly sessionStarted: boolean;
  readonly customerJoined: boolean;
}

export interface GettingStartedQueries {
  steps(): GettingStartedSteps;
}
