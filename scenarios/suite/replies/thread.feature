@promise:reply
Feature: What a rep answers on the Case reaches the customer in the mail thread the customer knows

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @smoke @F47 @F51
  Scenario: A reply arrives in the same thread, from the address the customer wrote to
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread from help@acme.test
    And the Inbox shows "It left the depot this morning." from an agent
    And Dana has received 1 mail

  @F51
  Scenario: Who wrote to the sales address is answered from the sales address
    Given OpenCX answers mail to sales@acme.test
    When Dana emails sales@acme.test about "A hundred lamps": "What would they cost?"
    And the AI hands off: "Dana wants to buy a hundred lamps"
    Then case A opens from opencx with the summary "Dana wants to buy a hundred lamps"
    When Ruiz replies on case A: "Let me make you an offer."
    Then Dana receives "Let me make you an offer." in the same thread from sales@acme.test

  @F58 @I4
  Scenario: Several replies arrive once each
    Given the rep Okafor works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "I am asking the carrier."
    And Okafor replies on case A: "The carrier has found it."
    And Ruiz replies on case A: "It will be with you tomorrow."
    Then Dana receives "I am asking the carrier." in the same thread
    And Dana receives "The carrier has found it." in the same thread
    And Dana receives "It will be with you tomorrow." in the same thread
    And the Inbox shows "The carrier has found it." from an agent
    And Dana has received 3 mails

  Scenario: Customer and rep write to each other on one Case
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "Which address is on the parcel?"
    Then Dana receives "Which address is on the parcel?" in the same thread
    When Dana replies: "Garden Street 4."
    Then case A gains the comment "Garden Street 4."
    When Ruiz replies on case A:
      """
      Dear Dana,

      thank you, that is the right one.
      "Tomorrow before noon", says the carrier.

      Ruiz
      """
    Then Dana receives "\"Tomorrow before noon\", says the carrier." in the same thread from help@acme.test
    And Dana has 1 open case

  @F44 @I8
  Scenario: What the bridge wrote on the Case itself is not sent to the customer
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI answers: "Let me look."
    And Dana replies: "Any news?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?" 1 time
    And case A tells "Let me look." 1 time
    And case A tells "Any news?" 1 time
    And Dana has received 1 mail
    And the bridge has nothing left to do

  # Who wrote it tells, never what it says: reps paste what stands on the Case.
  @F44
  Scenario: A reply that ends in a pasted comment of the bridge arrives all the same
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "You wrote:\n[opencx 4404700b-0369-4f61-a12b-1ccb1f14ed4c 1/1]"
    Then Dana receives "You wrote:" in the same thread
    And the bridge has nothing left to do
