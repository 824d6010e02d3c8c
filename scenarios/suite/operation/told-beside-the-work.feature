@house @promise:symptom-no-reply
Feature: Beside what a job does stands what is told of it: why it waits, for how long, and who has counted it

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  @F41
  Scenario: What fails is not due, and is counted from its first failure
    Given case A is locked for 27 hours
    When Dana replies: "It is the tall one."
    And 10 minutes pass
    And the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_jobs{state=\"waiting\"} 1"
    And the operator reads "casewire_bridge_queue_lag_seconds 0.000"
    And the operator does not read "casewire_bridge_failing_job_age_seconds 0.000"
    When 25 hours pass
    Then the bridge has parked 1 job
    When the operator looks at "/readyz"
    Then the operator reads "\"parked\":1"

  @F40
  Scenario: A clock that is slow is counted as behind
    Given Salesforce's clock is 6 minutes slow
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    When the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_vendor_clock_ahead_seconds{vendor=\"salesforce\"} -360.000"

  Scenario: Calls that OpenCX refuses are counted as refused, and slow ones as slow
    Given OpenCX answers the next session read with status 500
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    When the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_calls_total{result=\"refused\",vendor=\"opencx\"} 1"
    Given OpenCX takes 5 seconds to answer the next session read
    When Dana replies: "Hello?"
    Then case A gains the comment "Hello?"
    When the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_call_duration_seconds_sum{vendor=\"opencx\"} 5.000"

  @F27
  Scenario: What a check has found wrong is counted apart from what is right
    Given the org's trigger on "EmailMessage" is inactive
    When the operator runs "check"
    And the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_checks{verdict=\"wrong\"} 1"

  @F41
  Scenario: Who retries is counted, and what the org said is told, but not all of a long sermon
    Given the org refuses a Case without "ContactId": "Every Case needs a contact. It has been so since the reorganisation of the support desk in the spring of last year, when it was decided that nobody is to work on anything that does not say how urgent it is, however urgent it looks, and that whoever thinks otherwise is to talk to the head of the desk, who sits on the third floor, behind the second door on the left, and is never there"
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then the bridge has parked 1 job
    When the operator runs "parked list"
    Then the operator reads "FIELD_CUSTOM_VALIDATION_EXCEPTION: Every Case needs a contact."
    And the operator does not read "and is never there"
    When the operator runs "parked retry session:Eli"
    And the operator looks at "/metrics"
    Then the operator reads "casewire_bridge_parked_jobs_total{result=\"retried\"} 1"

  @F1
  Scenario: A Case that is being opened is told of
    Given Salesforce accepts the next Case create but loses the answer
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    And the operator runs "trace session:Eli"
    Then the operator reads "opening a Case for handoff"
    When 1 minute passes
    And the operator runs "trace session:Eli"
    Then the operator reads "opened Case"
    And the operator does not read "opening a Case for handoff"

  @F53
  Scenario: A reply that waits for its file says until when
    When Ruiz replies on case A and announces a file: "See the label."
    And the operator runs "trace case:A"
    Then the operator reads "runs at 2026-01-05T09:00"
    When 2 minutes pass
    And the operator runs "trace case:A"
    Then the operator reads "are awaited"
    When 15 minutes pass
    And the operator runs "trace case:A"
    Then the operator reads "is awaited any more"
    And the operator does not read "are awaited"

  @F14
  Scenario: While a vendor rests everything that is not well is told, and when it is asked again
    Given Salesforce refuses the next Case create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then the bridge has parked 1 job
    Given the integration user is deactivated
    And the access token expires
    When Dana replies: "It is the tall one."
    And 2 minutes pass
    And the operator runs "status"
    Then the operator reads "salesforce takes no calls since"
    And the operator reads "1 job waits for a person"
    And the operator reads "asked again at 2026-01-05T09:"
    When the operator runs "check"
    Then the operator reads "no calls since 2026-01-05T09:00"

  @F17
  Scenario: When the day's calls are gone the check says who is to be asked
    Given the org's API calls are used up
    When Dana replies: "It is the tall one."
    And 1 minute passes
    And the operator runs "check"
    Then the operator reads "System Overview, API Usage: who uses them?"
    Given the org's API calls are given back
    Then case A gains the comment "It is the tall one."

  @F15
  Scenario: What the integration user may not do is named
    Given the integration user may not create "CaseComment"
    And the integration user may not create "ContentVersion"
    When the operator runs "check"
    Then the operator reads "wrong may write the transcript"
    And the operator reads "wrong may copy customers' files"
    And the operator reads "look auto-response rules"

  @F41
  Scenario: Changed while it runs: a trace tells when it is given up by what was set last
    Given case A is locked for 15 minutes
    When Dana replies: "It is the tall one."
    And 10 minutes pass
    And the operator changes the setting "give_up_after" to "2 h"
    And the operator runs "trace session:Dana"
    Then the operator reads "and parked when it still fails at 2026-01-05T11:00"
    When the operator runs "trace case:A"
    Then the operator reads "#1, Case"
    And case A gains the comment "It is the tall one."
