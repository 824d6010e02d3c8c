@promise:internal-stays-internal @I7
Feature: What is said to one customer reaches no other

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Dan writes from dan@example.test
    And the customer Ana writes from ana@example.test
    And the customer Mona writes from mona@other.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off Dana's conversation: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  Scenario: Two people of one company
    When Dan emails help@acme.test about "Order 1182": "Where is ours?"
    And the AI hands off Dan's conversation: "Dan waits for order 1182"
    Then case B opens from opencx with the summary "Dan waits for order 1182"
    When Ruiz replies on case A: "Yours is in Bergen."
    And Ruiz replies on case B: "Yours is in Oslo."
    Then Dana receives "Yours is in Bergen." in the same thread
    And Dan receives "Yours is in Oslo." in the same thread
    And Dana has received 1 mail
    And Dan has received 1 mail
    And case A does not tell "Where is ours?"
    And case B does not tell "Where is it?"

  @F71
  Scenario: Somebody else answers in her thread from another address
    When Ruiz replies on case A: "Yours is in Bergen."
    Then Dana receives "Yours is in Bergen." in the same thread
    When Dana replies from dana.home@example.test: "This is my other address."
    And 1 hour passes
    Then Mona receives nothing
    And Dan receives nothing

  Scenario: A forwarded mail opens no door
    When Ruiz replies on case A: "Yours is in Bergen."
    Then Dana receives "Yours is in Bergen." in the same thread
    When Mona emails help@acme.test about "Re: Order 1182": "Tell me about order 1182."
    And 1 hour passes
    Then Mona does not receive "Bergen"

  Scenario: Ten replies to two customers, in turns
    When Mona emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Mona's conversation: "Mona waits for order 7"
    Then case B opens from opencx with the summary "Mona waits for order 7"
    When Ruiz replies on case A: "Dana, one."
    And Ruiz replies on case B: "Mona, one."
    And Ruiz replies on case A: "Dana, two."
    And Ruiz replies on case B: "Mona, two."
    And Ruiz replies on case A: "Dana, three."
    And Ruiz replies on case B: "Mona, three."
    Then Dana receives in this order:
      | Dana, one.   |
      | Dana, two.   |
      | Dana, three. |
    And Mona receives in this order:
      | Mona, one.   |
      | Mona, two.   |
      | Mona, three. |
    And Dana has received 3 mails
    And Mona has received 3 mails

  @F75 @house
  Scenario: Somebody whose address ends another's, on one Case with her
    When Ana emails help@acme.test about "Order 7": "Where is mine?"
    And the AI hands off Ana's conversation: "Ana waits for order 7"
    Then case B opens from opencx with the summary "Ana waits for order 7"
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz replies to "dana@example.test" on case A: "Yours is in Bergen."
    And Ruiz merges case A into case B
    And Ana replies: "Hello?"
    Then case B gains the comment "Hello?"
    And Dana receives "Yours is in Bergen." in the same thread
    And Ana receives nothing
