/// What PostgreSQL said.
struct OutboxSight: Sendable {
    struct Queue: Sendable {
        let name: String
        let rows: Int
        let oldestSeconds: Double
    }

    var isUp = false
    var queues: [Queue] = []
    var refused: Int?
}
