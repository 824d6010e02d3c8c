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

  @F1
  Scenario: It is her conversation that finds the reply whose answer was lost
    Given OpenCX accepts the next message send but loses the answer
    When Ruiz replies on case A: "The green one?"
    And Dana replies: "It is the tall one."
    And the operator runs "status"
    Then the operator reads "0 due, 2 waiting, 0 parked"
    When 1 minute passes
    And the operator runs "trace case:A"
    Then the operator does not read "said nothing"
    And the operator does not read "is not known yet"

  Scenario: A comment that stays in the org is told with its reason
    When Ruiz writes the public comment on case A: "She sounds friendly."
    And 11 minutes pass
    And the operator runs "trace case:A"
    Then the operator reads "does not go to the customer: comments are not replies here"
    When the operator runs "trace session:Dana"
    Then the operator reads "does not go to the customer: comments are not replies here"
    When the operator runs "trace short-case:A"
    Then the operator reads "went out as message"
    When the operator runs "trace 02sWL00000abcDeYAI"
    Then the operator reads "has never heard of it"

  @F41
  Scenario: What fails says since when, and what was parked and given up says so
    Given case A is locked for 27 hours
    When Dana replies: "It is the tall one."
    And 10 minutes pass
    And the operator runs "status"
    Then the operator reads "one fails since 2026-01-05T09:00"
    And the operator reads "0 due, 1 waiting, 0 parked"
    When the operator runs "trace session:Dana"
    Then the operator reads "and parked when it still fails at 2026-01-06T09:00"
    When the operator runs "parked retry session:Dana" in vain
    Then the operator reads "no job of"
    When 25 hours pass
    Then the bridge has parked 1 job
    Given the org's trigger on "EmailMessage" is inactive
    When the operator runs "check"
    And the operator runs "status"
    Then the operator reads "status parked"
    And the operator reads "trigger on EmailMessage was not right"
    And the operator reads "0 due, 0 waiting, 1 parked"
    And the operator reads "1 wrong"
    When the operator runs "trace session:Dana"
    Then the operator reads "waits for a person, since"
    And the operator reads "casewire-bridge parked retry session:"
    When the operator runs "parked drop session:Dana"
    Then the operator reads "is given up"
    When the operator runs "trace session:Dana"
    Then the operator reads "What is written later makes a new job"

  @F41
  Scenario: Two that were given up are taken up by one word
    Given Salesforce refuses a row of the next CaseComment create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    And Salesforce refuses the next Case create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana replies: "It is the tall one."
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then the bridge has parked 2 jobs
    When the operator runs "parked retry all"
    Then the operator reads "2 of them will be tried again"
    And case A gains the comment "It is the tall one."
    And case B opens from opencx with the summary "A chair wobbles"

  @F17
  Scenario: How many calls of the day are used
    When the operator runs "status"
    Then the operator reads "of 2000 requests of the day are used"
    And the operator does not read "; 19"
    And the operator does not read "not known yet"

  @F40
  Scenario: A clock that is slow
    Given Salesforce's clock is 6 minutes slow
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    When the operator runs "status"
    Then the operator reads "its clock is 360 s behind ours"
    When the operator runs "check"
    Then the operator reads "wrong clock of salesforce"
    And the operator reads "s behind ours"

  @F26
  Scenario: The newest mail that OpenCX has
    When 45 minutes pass
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the operator runs "check"
    Then the operator reads "the newest email conversation changed at 2026-01-05T09:45"
    And the operator reads "ok webhooks of opencx: the last was taken at 2026-01-05T09:45"
    When the operator runs "status"
    Then the operator reads "last webhook 2026-01-05T09:45"

  @F14
  Scenario: A vendor that rests is asked when the operator asks, and what waits goes on at once
    Given the integration user is deactivated
    And the access token expires
    When Dana replies: "It is the tall one."
    And 21 minutes pass
    And Dana replies: "Hello?"
    And the operator runs "status"
    Then the operator reads "status paused"
    And the operator reads "PAUSED since 2026-01-05T09:00"
    And the operator reads "inactive_user: user is inactive"
    And the operator reads "0 due, 1 waiting"
    When the operator runs "trace session:Dana"
    Then the operator reads "waits until salesforce takes calls again"
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

  Scenario: A vendor that gives no answer, or refuses the key: what is to be done
    Given OpenCX answers everything with status 401 for 5 minutes
    When the operator runs "check"
    Then the operator reads "a key with the scope for chat sessions"
    When the operator runs "status"
    Then the operator reads "status paused"
    When 10 minutes pass
    Given Salesforce answers everything with status 503 for 5 minutes
    When the operator runs "check"
    Then the operator reads "wait: it goes on by itself"
    When 10 minutes pass
    Given Salesforce is down for 5 minutes
    When the operator runs "check"
    Then the operator reads "does a proxy or firewall let the bridge reach it?"

  @F58
  Scenario: A file that the org refused, and a reply without a word
    Given Salesforce refuses the next file create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana replies with the file "invoice.pdf": "The bill."
    Then case A gains the comment "could not be copied here"
    When Ruiz replies on case A: " "
    And 1 minute passes
    And the operator runs "trace case:A"
    Then the operator reads "could not be copied; a comment on the Case says so"
    And the operator reads "said nothing and was not sent"

  @F41
  Scenario Outline: A refusal that quotes her address is told without it: <code>
    Given Salesforce refuses the next <operation> with <code>
    When Dana replies: "It is the tall one."
    And 1 minute passes
    And the operator runs "parked list"
    Then the operator reads "<code>"
    And the operator does not read "dana@example.test"
    When the operator runs "parked retry all"
    Then case A gains the comment "It is the tall one."

    Examples:
      | operation          | code                  |
      | query              | MALFORMED_QUERY       |
      | CaseComment create | INVALID_EMAIL_ADDRESS |

  Scenario: Of the Case that followed a conversation's first one all is told, too
    When Ruiz closes case A
    And 1 hour passes
    And Dana replies: "It flickers again."
    Then case B opens from opencx
    When Ruiz writes the public comment on case B: "She sounds friendly."
    And 11 minutes pass
    And the operator runs "trace session:Dana"
    Then the operator reads "does not go to the customer: comments are not replies here"

  Scenario: Which of the two was not looked at lately
    When 30 minutes pass
    Given Salesforce is down for 1 hour
    When 50 minutes pass
    And the operator runs "status"
    Then the operator reads "last sweep 2026-01-05T09:"
    And the operator reads "last sweep 2026-01-05T10:"
