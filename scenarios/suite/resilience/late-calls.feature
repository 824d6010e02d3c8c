@promise:keeps-trying
Feature: A call that dawdles on its way and takes effect when nobody waits for it any more

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F1 @I3
  Scenario Outline: The Case is made <late> late
    Given Salesforce gets the next Case create <late> late
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    And 10 minutes pass
    Then case A opens from opencx with the summary "A lamp flickers"
    And Dana has 1 case
    And case A tells "It flickers." 1 time

    Examples:
      | late       |
      | 5 seconds  |
      | 31 seconds |
      | 40 seconds |
      | 6 minutes  |

  @F1 @house
  Scenario: The Case is made after the bridge has looked for it in vain, and a rep takes it
    Given Salesforce gets the next Case create just before the one after it
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz takes case A
    And Ruiz sets "Subject" of case A to "Lamp 1182"
    And 1 hour passes
    Then case A belongs to Ruiz
    And "Subject" of case A is "Lamp 1182"
    And case A has 1 comment

  @F1 @I3
  Scenario: Another conversation of hers joins the Case that was made late
    Given Salesforce gets the next Case create 5 seconds late
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case A opens from opencx with the summary "A lamp flickers"
    And Dana has 1 case
    And case A tells "It flickers." 1 time
    And case A tells "It wobbles." 1 time
    And case A tells "A chair wobbles" 1 time

  @F1 @I3 @F74
  Scenario: Another conversation of hers waits for the follow-up that is on its way
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    When Ruiz closes case A
    And 1 hour passes
    Given Salesforce breaks off the next Case create and does it 4 seconds later
    When Dana replies: "It flickers again."
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    And 5 minutes pass
    Then Dana has 2 cases

  @F1 @I9
  Scenario: The summary of a later handoff is a comment on the Case that was made late
    Given Salesforce gets the next Case create 5 seconds late
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    And Dana emails help@acme.test about "Lamp": "Hello?"
    And the AI hands off: "She is angry by now"
    Then case A opens from opencx with the summary "A lamp flickers"
    And Dana has 1 case
    And case A tells "She is angry by now" 1 time

  @F1 @I9 @house
  Scenario: The first try makes the Case after all, and what was handed off meanwhile is a comment on it
    Given Salesforce gets the next Case create just before the one after it
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    And the AI hands off: "She is angry by now"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A tells "She is angry by now" 1 time
    And Dana has 1 case

  @F36 @house
  Scenario Outline: The bridge dies while <call> is under way, and is back before Salesforce has done it
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given Salesforce gets the next <call> 4 seconds late
    When Dana emails help@acme.test about "Lamp" with the file "notes.txt": "It is the tall one."
    And the AI hands off: "She says which lamp"
    And the bridge is killed
    And the bridge starts again
    And 1 hour passes
    Then case A tells "It is the tall one." 1 time
    And case A has 1 file
    And Dana has 1 case

    Examples:
      | call               |
      | CaseComment create |
      | file create        |

  @F73 @house
  Scenario: Her words land on a Case that was closed while they were on their way
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given Salesforce gets the next CaseComment create 5 seconds late
    When Dana replies: "One more thing."
    And Ruiz closes case A
    Then case B opens from opencx
    And case A tells "One more thing." 1 time
    And Dana's session is open
    And Dana has 2 cases

  @F73 @F74 @house
  Scenario: What landed on a closed Case is told once, and her thanks for the follow-up open no third Case
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given Salesforce gets the next CaseComment create 5 seconds late
    When Dana replies: "One more thing."
    And Ruiz closes case A
    Then case B opens from opencx
    When Ruiz replies on case B: "It is done."
    And Ruiz closes case B
    Then Dana receives "It is done." in the same thread
    When 1 minute passes
    And Dana replies: "Thank you!"
    Then case B gains the comment "Thank you!"
    And Dana has 2 cases

  # Who looks at once looks in vain, and no page says how long to wait.
  @F1 @house
  Scenario Outline: Her words are written once, though Salesforce <how>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given Salesforce <how>
    When Dana replies: "It is the tall one."
    And 10 minutes pass
    Then case A tells "It is the tall one." 1 time
    And the bridge has nothing left to do

    Examples:
      | how                                                                             |
      | breaks off the next CaseComment create and does it 3 seconds later              |
      | answers the next CaseComment create with status 503 and does it 3 seconds later |

  @F1 @F36 @house
  Scenario Outline: Files and replies reach the other side once, though <system> <how>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given <system> <how>
    When Dana replies with the file "invoice.pdf": "It is the tall one."
    And Ruiz replies on case A: "A new one is on its way."
    And 10 minutes pass
    Then Dana has received "A new one is on its way." 1 time
    And case A has 1 file
    And the bridge has nothing left to do

    Examples:
      | system     | how                                                                      |
      | Salesforce | breaks off the next file create and does it 3 seconds later              |
      | Salesforce | answers the next file create with status 500 and does it 3 seconds later |
      | OpenCX     | breaks off the next message send and does it 3 seconds later             |
      | OpenCX     | answers the next message send with status 503 and does it 3 seconds later |
