@promise:no-loss @F1
Feature: What is said while a Case is being made stands on it too

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @house
  Scenario Outline: A new mail that the AI keeps comes while Salesforce <does>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Given Salesforce <fault>
    When the AI hands off: "A lamp flickers"
    And Dana emails help@acme.test about "Chair": "It wobbles."
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It wobbles." within 1 minute
    And Dana has 1 case

    Examples:
      | does                        | fault                                                    |
      | takes its time              | takes 8 seconds to answer the next Case create           |
      | loses the answer            | accepts the next Case create but loses the answer        |
      | makes it later              | breaks off the next Case create and does it 3 seconds later |

  @house
  Scenario Outline: The AI speaks while Salesforce <does>
    Given the AI keeps answering until a person is active
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI starts an answer that takes 4 seconds: "Somebody will write to you."
    Given Salesforce <fault>
    When the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    And case A gains the comment "Somebody will write to you." within 1 minute

    Examples:
      | does             | fault                                             |
      | takes its time   | takes 8 seconds to answer the next Case create    |
      | loses the answer | accepts the next Case create but loses the answer |
      | is slow to look  | takes 8 seconds to answer the next query          |

  @house
  Scenario Outline: She writes twice more while the bridge is down that has just <done>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Given Salesforce accepts the next <write> but loses the answer
    When the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    When the bridge is killed
    And 7 seconds pass
    And Dana emails help@acme.test about "Chair": "It wobbles."
    Given OpenCX answers the next 2 session reads with status 503
    When Ruiz takes case A
    And 20 minutes pass
    And Dana emails help@acme.test about "Table": "It creaks."
    And the bridge starts again
    And 3 hours pass
    Then case A gains the comment "It wobbles."
    And case A gains the comment "It creaks."
    And Dana has 1 case

    Examples:
      | done             | write              |
      | made her Case    | Case create        |
      | told it her mail | CaseComment create |

  @F74 @I9
  Scenario: A follow-up is made late, and she is handed off once more meanwhile
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    And Ruiz closes case A
    Then Dana receives "A new one is on its way." in the same thread
    When 1 hour passes
    Given Salesforce breaks off the next Case create and does it 4 seconds later
    When Dana replies: "It flickers again."
    And Ruiz hands off Dana's conversation in the Inbox: "She is angry by now"
    And 5 minutes pass
    Then case B opens from opencx
    And case B tells "She is angry by now"
    And Dana has 2 cases

  @I9
  Scenario: A Case for somebody who was taken over by hand is made late, and she is handed off meanwhile
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Given Salesforce breaks off the next Case create and does it 4 seconds later
    When Ruiz takes over Dana's conversation in the Inbox
    And Ruiz hands off Dana's conversation in the Inbox: "She is angry by now"
    And 5 minutes pass
    Then case A opens from opencx
    And case A tells "She is angry by now"
    And Dana has 1 case
