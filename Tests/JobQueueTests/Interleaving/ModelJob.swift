/// What is known of one job from what was asked and answered.
struct ModelJob {
    let number: Int
    /// What the producer wrote, if it wrote it.
    let type: String?
    let args: String?
    var attempt = 1
    var crashes = 0
    var snoozes = 0
    var interruptions = 0
    var losses = 0
    var place = Place.ready
    /// What its producer was told that it is.
    var token: String?
    /// Somebody asked for its end while a worker held it.
    var isCancelled = false
    /// Set for tracked jobs, whose state can be asked for.
    var trackedAs: String?

    /// The entry that it is, as far as a worker was told.
    var entry: EntryID?
    /// Its delivery count at the server.
    var deliveries = 0
    /// Its holder did not renew it for longer than the lease.
    var isExpired = false
    /// Its holder was said to be dead.
    var isHandedOver = false
    /// What befell it as this entry, beside crashes.
    var setbacks = Setbacks()
    /// Its name among the jobs that wait.
    var member: String?
    /// Its limits.
    var keys: [String] = []
    var hasPasses = false
    /// Its place in the line behind a gate.
    var order = 0

    init(number: Int, type: String?, args: String?) {
        self.number = number
        self.type = type
        self.args = args
    }

    /// How many workers died with it, the present holder not among them.
    var deaths: Int { crashes + max(0, deliveries - 1) }

    var label: String { "j\(number)" }

    /// This entry of it ends.
    mutating func settle(in place: Place) {
        crashes = deaths
        interruptions += setbacks.interruptions
        losses += setbacks.losses
        setbacks = Setbacks()
        isHandedOver = false
        self.place = place
        entry = nil
        deliveries = 0
        isExpired = false
        isCancelled = false
        hasPasses = false
    }
}
