@house @promise:symptom-no-reply
Feature: Who asks the bridge at night reads what is so: what waits and why, what went out, and what somebody has to do

  Background:
    Given the org allows 2000 API calls a day
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread

  @F1
  Scenario: A reply whose answer was lost is in doubt, and then it is not
    Given OpenCX accepts the next message send but loses the answer
    When Ruiz replies on case A: "The green one?"
    And the operator runs "trace case:A"
    Then the operator reads "was begun, and whether it happened is not known yet"
    When 1 minute passes
    And the operator runs "trace case:A"
    Then the operator reads "went out as message"
    And the operator does not read "is not known yet"
    And the operator reads "nothing waits"

  Scenario: A comment that stays in the org is told with its reason
    When Ruiz writes the public comment on case A: "She sounds friendly."
    And 11 minutes pass
    And the operator runs "trace case:A"
    Then the operator reads "does not go to the customer: comments are not replies here"

  @F41
  Scenario: What fails says since when, and what was parked and given up says so
    Given case A is locked for 27 hours
    When Dana replies: "It is the tall one."
    And 10 minutes pass
    And the operator runs "status"
    Then the operator reads "one fails since 2026-01-05T09:00"
    When 25 hours pass
    Then the bridge has parked 1 job
    When the operator runs "trace session:Dana"
    Then the operator reads "waits for a person, since"
    And the operator reads "casewire-bridge parked retry session:"
    When the operator runs "parked drop session:Dana"
    Then the operator reads "is given up"
    When the operator runs "trace session:Dana"
    Then the operator reads "What is written later makes a new job"

  @F17
  Scenario: How many calls of the day are used
    When the operator runs "status"
    Then the operator reads "of 2000 requests of the day are used"

  @F40
  Scenario: A clock that is slow
    Given Salesforce's clock is 6 minutes slow
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    When the operator runs "status"
    Then the operator reads "s behind ours"
    When the operator runs "check"
    Then the operator reads "wrong clock of salesforce"
    And the operator reads "s behind ours"

  @F26
  Scenario: The newest mail that OpenCX has
    When 40 minutes pass
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the operator runs "check"
    Then the operator reads "the newest email conversation changed at 2026-01-05T09:40"

  @F14
  Scenario: A vendor that rests is asked when the operator asks, and what waits goes on at once
    Given the integration user is deactivated
    And the access token expires
    When Dana replies: "It is the tall one."
    And 21 minutes pass
    Given the integration user is active again
    When the operator runs "check"
    Then the operator reads "ok salesforce answers"
    And case A gains the comment "It is the tall one." within 10 seconds

  @F26
  Scenario: That webhooks did not come during an outage proves nothing against them
    When 15 minutes pass
    Given webhooks from OpenCX are lost for 1 hour
    And Salesforce is down for 30 minutes
    When Dana replies: "It is the tall one."
    And 45 minutes pass
    Then case A gains the comment "It is the tall one."
    When the operator runs "check"
    Then the operator reads "ok webhooks of opencx"
