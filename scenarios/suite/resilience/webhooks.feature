@promise:webhooks-are-hints
Feature: A webhook that is lost or repeated changes nothing

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @F24 @F31 @promise:symptom-no-reply
  Scenario: A reply that Salesforce's webhook did not tell is found by the sweep
    Given the next webhook from Salesforce is lost
    When Ruiz replies on case A: "It left the depot this morning."
    And 30 minutes pass
    Then Dana receives "It left the depot this morning." in the same thread from help@acme.test
    And Dana has received 1 mail

  Scenario: A mail that OpenCX's webhook did not tell is found all the same
    Given the next webhook from OpenCX is lost
    When Dana replies: "Is anybody there?"
    And 30 minutes pass
    Then case A tells "Is anybody there?" 1 time
    And case A tells "Where is it?" 1 time

  @F29
  Scenario: A reply that is told twice is sent once
    Given the next webhook from Salesforce arrives twice
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread
    And Dana has received 1 mail

  @F29
  Scenario: A mail that is told twice is noted once
    Given the next webhook from OpenCX arrives twice
    When Dana replies: "Is anybody there?"
    Then case A tells "Is anybody there?" 1 time
    And case A tells "Where is it?" 1 time
    And Dana has 1 case

  # OpenCX tries a webhook three times. Here none arrives: this is the sweep's find.
  @F72
  Scenario: A new mail that neither the AI handed off nor OpenCX's webhook told is found by the sweep
    Given the next webhook from OpenCX is lost
    And the next webhook from OpenCX is lost
    And the next webhook from OpenCX is lost
    When Dana emails help@acme.test about "Another thing": "Any news?"
    And 30 minutes pass
    Then case A tells "Any news?" 1 time
    And case A tells "Where is it?" 1 time
    And Dana has 1 case

  @house
  Scenario: One webhook tells of two handoffs
    When Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    Then case B opens from opencx with the summary "Eli waits for order 7"
    Given OpenCX tells of the next 2 handoffs in one webhook
    When the AI hands off Dana's conversation: "Dana asks again"
    And the AI hands off Eli's conversation: "Eli asks again"
    Then case B gains the comment "Eli asks again" within 10 seconds
    And case A gains the comment "Dana asks again" within 10 seconds
