package import DeadLetters
package import Jobs

/// A replay in one queue as `dead replays --json` prints it.
package struct ReplayReport: Codable {
    package let id: String
    package let queue: String
    package let state: String
    package let examined: Int
    package let replayed: Int
    package let passedOver: Int
    package let begun: Timestamp
    package let updated: Timestamp
    package let who: String
    package let endedBy: String?
    package let rate: String?
    package let filter: DeadFilter

    package init(_ state: ReplayState) {
        id = state.id
        queue = state.queue.name
        self.state = state.phase.rawValue
        examined = state.examined
        replayed = state.replayed
        passedOver = state.passedOver
        begun = Timestamp(milliseconds: state.begun)
        updated = Timestamp(milliseconds: state.updated)
        who = state.who
        endedBy = state.endedBy
        rate = state.rate
        filter = state.filter
    }
}
