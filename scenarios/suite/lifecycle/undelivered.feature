@promise:lifecycle @F52 @F61 @house
Feature: A rep learns that her reply did not reach the customer

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the customer Orla writes from orla.o'brien@example.test
    And the customer Server writes from postmaster@mx.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario: The report is told on her Case, once, and opens none
    When Dana's mail server sends mails back: "mailbox full"
    And Ruiz replies on case A: "A new one is on its way."
    Then case A gains the comment "Note of the OpenCX bridge:\nA mail to dana@example.test came back"
    And case A gains the comment "mailbox full"
    When 1 day passes
    Then case A tells "came back" 1 time
    And Dana has 1 case
    And Dana receives nothing
    And the bridge has nothing left to do

  Scenario: What comes back from somebody else is not told on her Case
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And Eli's mail server sends mails back: "mailbox full"
    And the AI answers Eli: "Turn it round."
    And 1 day passes
    Then case A has no comment "came back"
    And Dana has 1 case

  Scenario: A reply of the rep's goes to the customer, never to the mail server
    When Dana's mail server sends mails back: "mailbox full"
    And Ruiz replies on case A: "A new one is on its way."
    Then case A gains the comment "came back"
    When Ruiz replies on case A: "Did you get it?"
    Then the Inbox shows "Did you get it?" from the agent Ruiz
    When 1 day passes
    Then case A tells "came back" 2 times

  Scenario: The answer to the note is lost
    Given Salesforce accepts the next CaseComment create but loses the answer
    When Dana's mail server sends mails back: "mailbox full"
    And Ruiz replies on case A: "A new one is on its way."
    Then case A gains the comment "came back"
    When 1 day passes
    Then case A tells "came back" 1 time
    And the bridge has nothing left to do

  Scenario: The note does not get through at first
    Given Salesforce never gets the next CaseComment create
    When Dana's mail server sends mails back: "mailbox full"
    And Ruiz replies on case A: "A new one is on its way."
    And 1 hour passes
    Then case A tells "came back" 1 time

  Scenario: Whom else the report names learns of it on his own Case, and strangers nowhere
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Dana's mail server sends mails back: "no room for quota@elsewhere.test, eli@example.test"
    And Ruiz replies on case A: "A new one is on its way."
    Then case A gains the comment "A mail to dana@example.test came back"
    And case B gains the comment "A mail to eli@example.test came back"
    When 1 day passes
    Then case A tells "came back" 1 time
    And case B tells "came back" 1 time

  Scenario: Another server calls itself postmaster, and writes her address in capitals
    When Ruiz replies on case A: "A new one is on its way."
    And Server emails help@acme.test about "Returned mail: see below": "<DANA@EXAMPLE.TEST>... User unknown"
    Then case A gains the comment "A mail to dana@example.test came back"
    And case A gains the comment "User unknown"
    And Dana has 1 case

  Scenario: What the mail server says is told to its end
    When Dana's mail server sends mails back: "The mailbox of the person whom you wrote to is full, as it has been since Monday, and nobody has looked into it: please write to her by another way"
    And Ruiz replies on case A: "A new one is on its way."
    Then case A gains the comment "please write to her by another way"

  Scenario: Whom else the report names has no open Case any more, and the next one learns of it all the same
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Ruiz closes case B
    And Server emails help@acme.test about "Returned mail: see below": "<eli@example.test>... User unknown, <dana@example.test>... User unknown"
    Then case A gains the comment "A mail to dana@example.test came back"

  Scenario: Who answers as postmaster and is handed off is a customer
    When Server emails help@acme.test about "Your mails": "Our gateway moves tomorrow, and dana@example.test with it."
    And the AI hands off Server's conversation: "Their gateway moves"
    Then case B opens from opencx with the summary "Their gateway moves"
    When Ruiz replies on case B: "Thank you for telling us."
    Then Server receives "Thank you for telling us." in the same thread
    And case A has no comment "came back"

  Scenario: Of her two open Cases the newer one tells it
    When Ruiz closes case A
    And 2 days pass
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Dana's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Ruiz reopens case A
    And Dana's mail server sends mails back: "mailbox full"
    And Ruiz replies on case B: "A new one is on its way."
    Then case B gains the comment "A mail to dana@example.test came back"
    And case A does not tell "came back"

  Scenario: Her address has an apostrophe
    When Orla emails help@acme.test about "Shade": "It is torn."
    And the AI hands off Orla's conversation: "A shade is torn"
    Then case B opens from opencx with the summary "A shade is torn"
    When Orla's mail server sends mails back: "mailbox full"
    And Ruiz replies on case B: "A new one is on its way."
    Then case B gains the comment "A mail to orla.o'brien@example.test came back"
