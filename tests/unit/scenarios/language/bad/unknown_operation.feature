Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    Given Salesforce accepts the next Case creat but loses the answer
    And Salesforce answers the next message send with status 503
    And OpenCX answers the next 3 tokens with status 503
    And Salesfroce answers the next query with status 503
    And Salesforce answers the next 2 queries with status 200
    And Salesforce never gets the next file download
    When 1 day passes
