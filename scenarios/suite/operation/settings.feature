@house @promise:keeps-trying
Feature: The bridge does what its settings say, and takes up at once what is changed while it runs

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F41
  Scenario: It gives up when it was told to, and not before
    Given the bridge's setting "give_up_after" is "2 h"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    Given case A is locked for 5 hours
    When Dana replies: "It is the tall one."
    And 1 hour passes
    Then the bridge has parked 0 jobs
    When 2 hours pass
    Then the bridge has parked 1 job

  @F54
  Scenario: A reply carries no more than it was told
    Given the bridge's setting "reply_attachments_max" is "1 MB"
    And a file "plan.pdf" of 2 MB
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    When Ruiz replies on case A with the file "plan.pdf": "See the plan."
    Then Dana receives "The file \"plan.pdf\" (2.0 MB) is too large to be sent by email"

  @F24
  Scenario: It looks as often as it was told for what no webhook tells
    Given the bridge's setting "sweep_every" is "1 min"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    Given webhooks from OpenCX are lost for 1 hour
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one." within 2 minutes

  @F57
  Scenario: It remembers what it mailed for as long as it was told
    Given the bridge's setting "ledger_kept" is "90 d"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    When 100 days pass
    And Ruiz deletes the last reply on case A
    And 1 hour passes
    Then case A does not tell "was deleted after it had been sent"
    And Dana has received "Which lamp is it?" 1 time

  @F33 @F41
  Scenario: Changed while it runs: from now on unsigned webhooks are refused, and what fails is given up sooner
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    When the operator changes the setting "opencx.require_signature" to "true"
    Given the next webhook from OpenCX is unsigned
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    And the bridge has refused 1 webhook from OpenCX
    Given case A is locked for 27 hours
    When Dana replies: "Hello?"
    And 1 hour passes
    Then the bridge has parked 0 jobs
    When the operator changes the setting "give_up_after" to "30 min"
    And 10 minutes pass
    Then the bridge has parked 1 job

  @F14
  Scenario: Changed while it runs: a new API key, and what waited for it goes on at once
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    Given OpenCX's API key is replaced
    When Ruiz replies on case A: "Which lamp is it?"
    And 2 hours pass
    And the operator runs "status"
    Then the operator reads "status paused"
    And Dana receives nothing
    When the operator gives the bridge OpenCX's new API key
    Then Dana receives "Which lamp is it?" within 10 seconds
    And the bridge has parked 0 jobs

  @F54
  Scenario: A megabyte is one as disks count it
    Given the bridge's setting "reply_attachments_max" is "1 MB"
    And a file "plan.pdf" of 1 MB
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    When Ruiz replies on case A with the file "plan.pdf": "See the plan."
    Then Dana receives "See the plan." with the file "plan.pdf"
