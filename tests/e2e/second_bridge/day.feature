@promise:stranger
Feature: A day with one customer
  What any honest bridge lives through, and where a wrong one is caught.

  Scenario: Mails, files and answers go both ways
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And the AI keeps answering until a person is active
    And the AI answers every mail with "Let me see."
    When Dana emails help@acme.test about "Broken cup" with the file "broken-cup.png": "It arrived broken."
    Then Dana receives "Let me see." in the same thread
    When Dana replies: "Can I have a new one?"
    And the AI hands off: "Dana wants a new cup"
    Then case A opens from opencx with the summary "Dana wants a new cup"
    And case A tells in this order:
      | It arrived broken.    |
      | Let me see.           |
      | Can I have a new one? |
    And case A has the file "broken-cup.png"
    And Dana's session shows case A
    When 1 minute passes
    And Ruiz replies on case A with the file "return-label.pdf": "Of course. Send the old one back."
    Then Dana receives "Of course. Send the old one back." in the same thread from help@acme.test with the file "return-label.pdf"
    And the Inbox shows "Of course. Send the old one back." from an agent
    When Dana replies: "Thank you, I will."
    Then case A tells "Thank you, I will." 1 time
    And case A tells "It arrived broken." 1 time
    And the AI stays silent
    When 1 hour passes
    And Dana emails help@acme.test about "Invoice": "I need an invoice too."
    And the AI hands off: "Dana asks for an invoice"
    Then case A tells "I need an invoice too." 1 time
    And Dana has 1 open case
    When 1 minute passes
    And Ruiz writes the internal comment on case A: "Third invoice this year."
    And Ruiz replies on case A: "Here is all of it."
    Then Dana receives "Here is all of it." in the same thread
    When Ruiz closes case A
    And 1 hour passes
    And Dana replies: "It is the wrong colour."
    Then case B opens from opencx
    And case B tells "It is the wrong colour." 1 time
    And case A does not tell "It is the wrong colour."
    And Dana has 1 open case
    And Dana does not receive "Third invoice"
