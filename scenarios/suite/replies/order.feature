@promise:reply @I4
Feature: Replies leave in the order in which they were written

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Mori works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @F30
  Scenario: Replies that waited for the bridge
    Given the bridge is killed
    When Ruiz replies on case A: "First: it left the depot."
    And 1 minute passes
    And Mori replies on case A: "Second: it is in your town."
    And 1 minute passes
    And Ruiz replies on case A: "Third: it is at your door."
    Given the bridge starts again
    Then Dana receives "First: it left the depot." in the same thread
    And Dana receives "Second: it is in your town." in the same thread
    And Dana receives "Third: it is at your door." in the same thread
    And Dana has received 3 mails

  @F31
  Scenario: The webhooks of all but the last reply are lost
    Given the next webhook from Salesforce is lost
    When Ruiz replies on case A: "First: it left the depot."
    And Ruiz replies on case A: "Second: it is in your town."
    Then Dana receives "First: it left the depot." in the same thread
    And Dana receives "Second: it is in your town." in the same thread
    And Dana has received 2 mails

  @F58
  Scenario: Two reps reply in the same second
    When Ruiz replies on case A: "It left the depot."
    And Mori replies on case A: "It is in your town."
    Then Dana receives "It left the depot." in the same thread
    And Dana receives "It is in your town." in the same thread
    And the Inbox shows "It left the depot." from an agent
    And the Inbox shows "It is in your town." from an agent

  Scenario: A reply and the close right behind it
    Given the bridge is killed
    When Ruiz replies on case A: "It is at your door. I close this now."
    And Ruiz closes case A
    Given the bridge starts again
    Then Dana receives "It is at your door. I close this now." in the same thread
    And Dana has received 1 mail
    And Dana has 0 open cases

  Scenario: A reply that has left is not sent again when its Case changes
    When Ruiz replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    When Ruiz sets case A to "Working"
    And 1 day passes
    And Ruiz takes case A
    And 1 day passes
    Then Dana has received 1 mail

  Scenario: The customer's mail program threads every reply under her own mail
    When Ruiz replies on case A: "It left the depot."
    And Dana replies: "When will it be here?"
    And Ruiz replies on case A: "Tomorrow."
    Then Dana receives "It left the depot." in the same thread from help@acme.test
    And Dana receives "Tomorrow." in the same thread from help@acme.test
    And Dana has received 2 mails
    And case A tells "Where is it?" 1 time
    And case A tells "When will it be here?" 1 time
    And case A does not tell "Tomorrow."

  Scenario: A second reply within the second of the first goes out though no webhook tells of it
    Given the next 2 deeds happen within one second
    When Ruiz replies on case A: "Which lamp is it?"
    Given the next webhook from Salesforce is lost
    When Ruiz replies on case A: "The green one?"
    And 20 minutes pass
    Then Dana receives in this order:
      | Which lamp is it? |
      | The green one?    |
