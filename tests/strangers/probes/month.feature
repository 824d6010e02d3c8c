Feature: A bridge's waits end when the world's time has come, whatever it is written in

  # Who waits asks something after each hour, each six hours and each day, and ends with 1 when its clocks disagree or a wait was too short.
  Scenario: Thirty days of waits
    Given the customer Dana writes from dana@example.test
    When 30 days pass
    And 1 hour passes
    Then Dana has 0 cases
