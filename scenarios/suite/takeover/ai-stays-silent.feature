@promise:takeover @I6
Feature: Once a person is on a conversation the AI is silent

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And the AI keeps answering until a person is active

  @smoke
  Scenario: After the rep's first reply the AI answers no more mail
    Given the AI answers every mail with "I am looking into it."
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    Then Dana receives "I am looking into it." in the same thread
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "I have it from here."
    Then Dana receives "I have it from here." in the same thread
    When Dana replies: "Thank you!"
    Then case A gains the comment "Thank you!"
    And the AI stays silent
    And the AI has answered 1 time
    And Dana has received 2 mails

  @F77
  Scenario: A rep who answers while the AI is writing has the last word
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When the AI starts an answer that takes 8 seconds: "I would suggest to wait."
    And Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread
    When 1 minute passes
    Then the AI stays silent
    And the AI has answered 0 times
    And Dana has received 1 mail

  Scenario: An agent who takes over in the Inbox silences the AI, and the Case stays in step
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz takes over Dana's conversation in the Inbox
    And Dana replies: "Hello?"
    Then case A gains the comment "Hello?"
    And the AI stays silent
    And Dana receives nothing

  Scenario: An agent who takes over what has a Case already leaves the Case as it is
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz takes over Dana's conversation in the Inbox
    And 5 minutes pass
    Then case A tells "Where is it?" 1 time
    And Dana has 1 case
    And Dana receives nothing

  Scenario: A person whom OpenCX names by a number is a person
    Given OpenCX's agents have numbers
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    Given webhooks from OpenCX are lost for 5 minutes
    When Ruiz takes over Dana's conversation in the Inbox
    And 30 minutes pass
    Then case A opens from opencx
    And Dana's conversation is with a person
    And the AI stays silent
