@promise:no-doubles @I1 @I2
Feature: A call whose answer is lost is not done twice

  The system on the other side has done what it was asked to do, but the bridge cannot know. It looks before it asks again.

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @smoke @F1
  Scenario: Salesforce makes the Case but the answer is lost
    Given Salesforce accepts the next Case create but loses the answer
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?" 1 time
    And Dana's session shows case A
    And Dana has 1 case

  @F36
  Scenario: OpenCX sends the reply but the answer is lost
    Given OpenCX accepts the next message send but loses the answer
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread
    When 10 minutes pass
    Then Dana has received 1 mail
    And the bridge has nothing left to do

  Scenario: The attachment is stored but the answer is lost
    Given Salesforce accepts the next file create but loses the answer
    When Dana emails help@acme.test about "Broken cup" with the file "broken-cup.png": "See the picture."
    And the AI hands off: "Order 1182 arrived broken"
    Then case A opens from opencx with the summary "Order 1182 arrived broken"
    And case A has the file "broken-cup.png"
    And the bridge has nothing left to do

  @F36
  Scenario: OpenCX sends the reply, the answer is lost, and no webhook tells of it
    Given OpenCX accepts the next message send but loses the answer
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given webhooks from OpenCX are lost for 5 minutes
    When Ruiz replies on case A: "It left the depot this morning."
    And 30 minutes pass
    Then Dana has received 1 mail
    And case A does not tell "It left the depot this morning."

  @F5 @house
  Scenario: The whole text of a long summary is stored but the answer is lost
    Given Salesforce accepts the next file create but loses the answer
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "%33000 characters%"
    Then case A opens from opencx
    And case A has 1 file
    And the bridge has nothing left to do

  @F1 @house
  Scenario: What was handed off twice stands in the Case whose answer was lost, and is not told again
    Given the bridge is killed
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And the AI hands off: "Dana waits for order 1182"
    Given Salesforce accepts the next Case create but loses the answer
    When the bridge starts again
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Dana waits for order 1182" 0 times

  @F1 @I3
  Scenario: The Case whose answer was lost is known to her other conversation, though her address is too long for it
    Given the customer Lona writes from a.very.long.name.that.somebody.chose.for.her.mailbox@a-very-long-domain-name.example.test
    And Salesforce accepts the next Case create but loses the answer
    When Lona emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Lona's conversation: "A lamp flickers"
    And Lona emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Lona's conversation: "A chair wobbles"
    Then case A opens from opencx
    And case A gains the comment "It flickers."
    And case A gains the comment "It wobbles."

  @F4 @house
  Scenario: The rep is faster than the answer by which the bridge learns of the Case
    Given Salesforce takes 10 seconds to answer the next Case create
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." within 1 minute

  @F1 @house
  Scenario: Her words name a mark of the bridge's, and the answer to the comment is lost
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx
    Given Salesforce accepts the next CaseComment create but loses the answer
    When Dana replies: "Your desk writes \"[opencx 4711 1/1]\" below everything."
    Then case A gains the comment "below everything."
    When 10 minutes pass
    Then case A tells "below everything." 1 time
