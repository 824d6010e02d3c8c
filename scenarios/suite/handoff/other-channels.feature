@promise:case-create
Feature: Only mail becomes a Case

  Scenario: What is handed off in the chat of the website stays there
    Given the customer Dana writes from dana@example.test
    When Dana chats on the website, and the AI hands off "A lamp flickers": "It flickers."
    And 1 hour passes
    Then Dana has 0 cases
    And Dana receives nothing

  Scenario: Who chats about her mail does so beside her Case
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Dana chats on the website, and the AI hands off "And the lamp": "What about my lamp?"
    And 1 hour passes
    Then case A does not tell "What about my lamp?"
    And Dana has 1 case
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
