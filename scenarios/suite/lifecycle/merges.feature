@promise:lifecycle @F75 @F76
Feature: Merged, deleted and undeleted Cases keep their conversations

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the customer Mona writes from mona@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Mona emails help@acme.test about "Table": "It is round."
    And the AI hands off Mona's conversation: "A table is round"
    Then case C opens from opencx with the summary "A table is round"

  Scenario: Merged twice while the bridge is down
    Given the bridge is killed
    When Ruiz merges case A into case B
    And Ruiz merges case B into case C
    And Dana replies: "It flickers at night."
    And the bridge starts again
    Then case C gains the comment "It flickers at night."
    And Dana's session shows case C
    And the bridge has nothing left to do

  Scenario: A reply that was written right before the merge
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz replies on case A: "It is the bulb."
    And Ruiz merges case A into case B
    And Dana replies: "It flickers at night."
    Then case B gains the comment "It flickers at night."
    And Dana has received "It is the bulb." 1 time

  @house
  Scenario: A reply that was written right before the merge is not for the other customer, who wrote last
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz replies on case A: "It is the bulb."
    And Ruiz merges case A into case B
    And Eli replies: "It wobbles again."
    Then case B gains the comment "It wobbles again."
    And Dana receives "It is the bulb." in the same thread
    And Eli does not receive "It is the bulb."

  @house
  Scenario Outline: Who is meant by a reply to <addressees> that was written right before the merge
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz replies to "<addressees>" on case A: "It is the bulb."
    And Ruiz merges case A into case B
    And Eli replies: "It wobbles again."
    Then case B gains the comment "It wobbles again."
    And Dana receives "It is the bulb." in the same thread
    And Eli does not receive "It is the bulb."

    Examples:
      | addressees                              |
      | DANA@Example.Test                       |
      | Dana <dana@example.test>                |
      | boss@elsewhere.test, dana@example.test  |
      | dana@example.test; boss@elsewhere.test  |
      | boss@elsewhere.test,dana@example.test   |

  Scenario: A file that comes after the merge
    When Ruiz merges case A into case B
    And Dana replies with the file "broken-cup.png": "This is how it looks."
    Then case B gains the comment "This is how it looks."
    And case B has the file "broken-cup.png"
    And the bridge has nothing left to do

  Scenario: A Case is merged away when only the file of her last mail is missing
    Given Salesforce never gets the next 3 file creates
    When Dana replies with the file "broken-cup.png": "This is how it looks."
    Then case A gains the comment "This is how it looks."
    When Ruiz merges case A into case B
    Then case B has the file "broken-cup.png"
    And the bridge has nothing left to do

  Scenario: Merged while her words are written
    Given Salesforce takes 5 seconds to answer the next query
    When Dana replies: "It flickers at night."
    And Ruiz merges case A into case B
    Then case B gains the comment "It flickers at night."
    And the bridge has nothing left to do

  @house
  Scenario: Her next mail brings the reply along that was written right before the merge
    Given webhooks from Salesforce are lost for 30 minutes
    When Ruiz replies on case A: "It is the bulb."
    And Ruiz merges case A into case B
    And Dana replies: "It flickers at night."
    Then Dana receives "It is the bulb." within 1 minute

  @house
  Scenario: A late webhook of the Case that is no more brings its reply along
    When 1 hour passes
    Given the next webhook from Salesforce comes 5 seconds late
    When Ruiz replies on case A: "It is the bulb."
    And Ruiz merges case A into case B
    Then Dana receives "It is the bulb." within 1 minute

  @house
  Scenario: A late webhook of the Case that is no more tells the conversation where it is
    When 1 hour passes
    Given the next webhook from Salesforce comes 5 seconds late
    When Ruiz takes case A
    And Ruiz merges case A into case B
    And 1 minute passes
    Then Dana's session shows case B

  @house
  Scenario: The conversation goes along with its Case, though OpenCX does not show it for a while
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    Given the next webhook from Salesforce comes 5 seconds late
    And OpenCX answers the next 3 session reads with status 409
    When Ruiz replies to "boss@elsewhere.test" on case A: "It is the bulb."
    And Ruiz merges case A into case B
    Then Dana receives "It is the bulb." in the same thread
    And Eli receives nothing

  @house
  Scenario: A reply that names her, too, says nothing of where her own Case went
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz merges case A into case C
    And Ruiz replies to "eli@example.test, dana@example.test" on case B: "It comes on Friday."
    And 10 minutes pass
    Then Eli receives "It comes on Friday." in the same thread
    When Dana replies: "It flickers at night."
    Then case C gains the comment "It flickers at night."
    And case B does not tell "It flickers at night."

  @F74
  Scenario: A Case that went into another is no open one, and after the other's closing her mail opens a new one
    When Ruiz opens case D for Dana about "Shelf": "She has telephoned."
    And Ruiz merges case D into case A
    And Ruiz closes case A
    And Dana replies: "It is broken again, and worse."
    Then case E opens from opencx
    And case E gains the comment "It is broken again, and worse."
    And Dana has 1 open case
