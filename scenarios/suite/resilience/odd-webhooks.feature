@promise:webhooks-are-hints @I2
Feature: Webhooks that come late, in the wrong order, again, or from somebody else

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"

  @F29 @F32
  Scenario Outline: The handoff's webhook <how>
    Given the next webhook from OpenCX <how>
    When the AI hands off: "Dana waits for order 1182"
    And 20 minutes pass
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?" 1 time
    And Dana has 1 case

    Examples:
      | how                               |
      | comes 20 seconds late             |
      | arrives again after 4 minutes     |
      | arrives again after 6 minutes     |
      | is unsigned                       |
      | is signed with another key        |

  @F30
  Scenario: Two replies whose webhooks overtake one another arrive in the order in which they were written
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the next webhook from Salesforce is overtaken by the one after it
    When Ruiz replies on case A: "First, I looked it up."
    And Ruiz replies on case A: "Second, it is on its way."
    Then Dana receives in this order:
      | First, I looked it up.    |
      | Second, it is on its way. |

  @F24
  Scenario: Nobody told the bridge that a rep answered
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given webhooks from Salesforce are lost for 1 hour
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana has received "It left the depot this morning." 1 time
