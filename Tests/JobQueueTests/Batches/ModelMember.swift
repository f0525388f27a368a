/// A job that must be in Redis exactly once until it ends, whether as a member, a link or a callback.
struct ModelMember {
    enum State { case waiting, held, dead, ended }

    let token: String
    let queue: Int
    var batch: String?
    var links: [ModelLink] = []
    var state = State.waiting
    /// Somebody asked for its end while a worker held it.
    var isCancelled = false
}
