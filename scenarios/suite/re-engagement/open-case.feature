@promise:case-append
Feature: A contact who writes again before the Case is closed stays on that Case

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"

  @smoke @F72
  Scenario: A new mail, two days later, lands on the open Case
    When Ruiz replies on case A: "Looking into it."
    Then Dana receives "Looking into it." in the same thread from help@acme.test
    When 2 days pass
    And Dana emails help@acme.test about "Another thing": "Any news?"
    And the AI hands off: "Asks for news"
    Then case A gains the comment "Any news?"
    And Dana has 1 open case
    And Dana has 1 case

  @F72
  Scenario: An answer in the old thread lands on the open Case without another handoff
    When Ruiz replies on case A: "Which colour was it?"
    Then Dana receives "Which colour was it?" in the same thread
    When 2 days pass
    And Dana replies: "It was the green one."
    Then case A gains the comment "It was the green one."
    And Dana has 1 case

  Scenario: A year later the open Case is still hers
    When Ruiz replies on case A: "We let you know."
    And 1 year passes
    And Dana replies: "I am still waiting."
    Then case A gains the comment "I am still waiting."
    When Ruiz replies on case A: "It has arrived at last."
    Then Dana receives "It has arrived at last." in the same thread
    And Dana has 1 case

  Scenario: An address in other letters is the same customer
    When Dana sends the mail "order-1182-other-letters.eml"
    And the AI hands off: "Dana asks once more"
    Then case A gains the comment "I am still waiting for my lamp."
    And Dana has 1 case

  @F72
  Scenario: A new mail that the AI has not handed off lands there too
    When Dana emails help@acme.test about "Another thing": "Any news?"
    Then case A gains the comment "Any news?"
    And Dana's session shows case A
    And Dana has 1 case
