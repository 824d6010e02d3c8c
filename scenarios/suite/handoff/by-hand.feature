@promise:case-create @promise:by-hand
Feature: A person in the Inbox hands over by taking the conversation

  Scenario: The conversation that an agent takes over in the Inbox gets its Case
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And Ruiz takes over Dana's conversation in the Inbox
    Then case A opens from opencx
    And case A gains the comment "It flickers."
    And Dana's session shows case A
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    And the bridge has nothing left to do

  @house
  Scenario: Nobody has written a summary, and the Case says so
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And Ruiz takes over Dana's conversation in the Inbox
    Then case A opens from opencx with the summary "Taken over by hand in the OpenCX Inbox. No summary was written."

  Scenario: An agent hands a conversation off by hand, in her own words
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And the AI answers every mail with "Is it plugged in?"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Then Dana receives "Is it plugged in?" in the same thread
    When Ruiz hands off Dana's conversation in the Inbox: "Lamp flickers, warranty case"
    Then case A opens from opencx with the summary "Lamp flickers, warranty case"
    And case A gains the comment "It flickers."
    And case A gains the comment "Is it plugged in?"
    And Dana's session shows case A
    And Dana has 1 case

  @house
  Scenario: What an agent answers from the Inbox stands on the Case and reaches the customer once
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "Lamp flickers"
    Then case A opens from opencx with the summary "Lamp flickers"
    When Ruiz writes to Dana in the Inbox with the file "label.png": "Send it back with this label."
    Then Dana receives "Send it back with this label." in the same thread with the file "label.png"
    And case A gains the comment "Send it back with this label."
    And Dana has received 1 mail
    And the AI stays silent

  Scenario: What an agent answers from the Inbox reaches the customer once
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "Lamp flickers"
    Then case A opens from opencx with the summary "Lamp flickers"
    When Ruiz writes to Dana in the Inbox with the file "label.png": "Send it back with this label."
    Then Dana receives "Send it back with this label." in the same thread with the file "label.png"
    And Dana has received 1 mail
    And the AI stays silent

  Scenario: A conversation that was closed in the Inbox stays on its Case when the customer writes again
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "Lamp flickers"
    Then case A opens from opencx with the summary "Lamp flickers"
    When Ruiz closes Dana's conversation in the Inbox
    Then Dana's session is closed
    And case A is open
    When Dana replies: "It flickers again."
    Then case A gains the comment "It flickers again."
    And Dana's session is open
    And Dana has 1 case

  Scenario: A conversation that is taken over by hand while another customer's was handed off
    Given the customer Dana writes from dana@example.test
    And the customer Eve writes from eve@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Eve emails help@acme.test about "Chair": "It creaks."
    And Ruiz takes over Eve's conversation in the Inbox
    Then case B opens from opencx
    And case B gains the comment "It creaks."
    And Eve has 1 case
    And the bridge has nothing left to do

  @F38
  Scenario: A conversation that an agent takes gets its Case, though no webhook told
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Given webhooks from OpenCX are lost for 5 minutes
    When Ruiz takes over Dana's conversation in the Inbox
    And 20 minutes pass
    Then case A opens from opencx
    And case A gains the comment "It flickers."

  @house
  Scenario: A person who writes in the Inbox has the conversation, and it gets its Case
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And Ruiz writes to Dana in the Inbox: "Which lamp is it?"
    Then case A opens from opencx
    And case A gains the comment "It flickers."
    And case A gains the comment "Which lamp is it?"
