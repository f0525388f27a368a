import Platform

/// The connections to one mail server, each of which carries one mail after another, and the mails that wait for one.
///
/// All of it lives on an event loop: with a thread for each connection a mail would cost several changes of thread. Only
/// what blocks, connecting and logging in, has threads of its own.
actor SMTPConnections {
    /// One thread for all mail servers; it begins with the first mail.
    private static let loop = Result { () throws(SystemError) in try EventLoop(name: "smtp") }

    /// A place for a connection.
    private struct Lane {
        var session: SMTPSession?
        var source: EventSource?
        var isWaitingToWrite = false
        /// Who ends the attempt to connect, for the mail that it is made for.
        var opening: Interruption?
        /// When the lane is looked after next.
        var alarm = MonotonicTime.distantFuture
    }

    private nonisolated let loop: EventLoop
    private nonisolated let opener: BlockingExecutor
    private let server: SMTPServer
    private let timeouts: SMTPTimeouts
    private let mailsPerConnection: Int
    private var lanes: [Lane]
    /// Lanes with a session that nobody uses, the one used last at the end; and lanes without one.
    private var idle: [Int] = []
    private var vacant: [Int]
    private nonisolated let inbox = MailInbox()
    private var queue: MailQueue
    private var isWatchingQueue = false
    private var isWatchingInbox = false
    /// How long a mail may lie in the inbox while all connections are busy.
    private let inboxPause: Duration

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(
        to server: SMTPServer, count: Int, mailsPerConnection: Int, timeouts: SMTPTimeouts, patience: Duration
    ) throws(SystemError) {
        loop = try Self.loop.get()
        opener = BlockingExecutor(label: "coursework.email.smtp", width: count)
        (self.server, self.timeouts, self.mailsPerConnection) = (server, timeouts, mailsPerConnection)
        lanes = Array(repeating: Lane(), count: count)
        vacant = Array((0..<count).reversed())
        queue = MailQueue(places: count, patience: patience, at: .now)
        inboxPause = patience / 10
    }

    isolated deinit { for lane in lanes { if let source = lane.source { loop.unwatch(source) } } }

    /// Waits until the server has answered for every recipient; ends soon when the task is cancelled.
    nonisolated func send(_ mail: OutgoingMail) async throws(TransportFailure) -> [DeliveryOutcome] {
        let mail = PendingMail(mail)
        let end = await withTaskCancellationHandler {
            if inbox.add(mail) { loop.execute { self.assumeIsolated { $0.emptyInbox() } } }
            return await mail.wait()
        } onCancel: {
            mail.cancel()
            loop.execute { self.assumeIsolated { $0.cancel(mail) } }
        }
        return try end.get()
    }

    /// How many mails wait for a connection.
    var waitingCount: Int {
        emptyInbox()
        return queue.count
    }

    /// Follows everything that may have set a connection free.
    private func emptyInbox() {
        while true {
            let mails = inbox.takeAll(thenWaking: !idle.isEmpty || !vacant.isEmpty)
            guard !mails.isEmpty else { break }
            for mail in mails { accept(mail) }
        }
        watchInbox()
    }

    /// Servers may all be silent, and what waits for them in vain is to be sent away.
    private func watchInbox() {
        guard !isWatchingInbox, idle.isEmpty, vacant.isEmpty else { return }
        isWatchingInbox = true
        loop.schedule(at: .now + inboxPause) { [weak self] in
            self?.assumeIsolated {
                $0.isWatchingInbox = false
                $0.emptyInbox()
            }
        }
    }

    private func accept(_ mail: PendingMail) {
        guard !mail.isCancelled else { return mail.end(.failure(.cancelled)) }
        if let lane = freeLane() {
            begin(mail, on: lane)
        } else if queue.append(mail, at: .now) {
            watchQueue()
        } else {
            sendAway(mail)
        }
    }

    private func cancel(_ mail: PendingMail) {
        defer { emptyInbox() }
        switch mail.place {
        // It is looked at now, or when it comes.
        case .inbox, .ended: return
        case .queue:
            queue.noteCancelled()
            mail.end(.failure(.cancelled))
        case .lane(let lane):
            lanes[lane].opening?.request()
            lanes[lane].session?.cancel(mail)
            settle(lane)
        }
    }

    // MARK: The lanes

    /// One with a connection, if there is one: that which the server is the least likely to have closed.
    private func freeLane() -> Int? {
        closeOldSessions()
        return idle.popLast() ?? vacant.popLast()
    }

    private func closeOldSessions() {
        guard let oldest = idle.first.flatMap({ lanes[$0].session }), oldest.lastUsed + timeouts.idle < .now else {
            return
        }
        let old = idle.removeFirst()
        close(old)
        vacant.append(old)
        closeOldSessions()
    }

    /// Begins a mail on a lane that nobody uses.
    private func begin(_ mail: PendingMail, on lane: Int) {
        mail.place = .lane(lane)
        queue.noteMove(at: .now)
        if mail.needsNewConnection, lanes[lane].session?.isUsed == true { close(lane) }
        guard let session = lanes[lane].session else { return open(lane, for: mail) }
        session.begin(mail) { next(on: lane) }
        settle(lane)
    }

    /// The mail that may go behind another one on the lane.
    private func next(on lane: Int) -> PendingMail? {
        guard let mail = queue.popFirst(where: { !$0.needsNewConnection && !$0.mail.needsSMTPUTF8 }) else { return nil }
        mail.place = .lane(lane)
        queue.noteMove(at: .now)
        return mail
    }

    /// Sees to what has become of the lane's session.
    private func settle(_ lane: Int) {
        guard let session = lanes[lane].session else { return }
        for mail in session.takeReturned() where !queue.append(mail, at: .now) { sendAway(mail) }
        guard !session.isBusy else { return watch(lane, session) }
        queue.noteMove(at: .now)
        if !session.isUsable { close(lane) } else { watch(lane, session) }
        if let mail = queue.popFirst() {
            begin(mail, on: lane)
        } else if session.isUsable {
            idle.append(lane)
        } else {
            vacant.append(lane)
        }
    }

    private func close(_ lane: Int) {
        lanes[lane].session?.quit()
        if let source = lanes[lane].source { loop.unwatch(source) }
        lanes[lane] = Lane(alarm: lanes[lane].alarm)
    }

    // MARK: Opening

    private func open(_ lane: Int, for mail: PendingMail) {
        let interruption: Interruption
        do throws(SystemError) { interruption = try Interruption() } catch {
            return noteOpened(lane, for: mail, .failure(.unavailable("The mail could not be sent: \(error).")))
        }
        if mail.isCancelled { interruption.request() }
        lanes[lane].opening = interruption
        Task(executorPreference: opener) { [server, timeouts] in
            let stream = Result { () throws(TransportFailure) in try SMTPStream(to: server, timeouts, interruption) }
            self.loop.execute {
                self.assumeIsolated {
                    $0.noteOpened(lane, for: mail, stream)
                    $0.emptyInbox()
                }
            }
        }
    }

    private func noteOpened(_ lane: Int, for mail: PendingMail, _ stream: Result<SMTPStream, TransportFailure>) {
        lanes[lane].opening = nil
        do throws(TransportFailure) {
            try keep(stream.get(), in: lane)
            guard !mail.isCancelled else { throw .cancelled }
            begin(mail, on: lane)
        } catch {
            mail.end(.failure(error))
            giveWay(lane)
        }
    }

    private func keep(_ stream: SMTPStream, in lane: Int) throws(TransportFailure) {
        let session = SMTPSession(stream, to: server, timeouts, mostMails: mailsPerConnection)
        do throws(SystemError) {
            lanes[lane].source = try loop.watch(stream.socket, for: .readable) { [weak self] _ in
                self?.assumeIsolated { $0.goOn(lane) }
            }
        } catch {
            throw .unavailable("The mail could not be sent: \(error).")
        }
        lanes[lane].session = session
    }

    /// Lets the next mail have a lane whose own came to nothing.
    private func giveWay(_ lane: Int) {
        queue.noteMove(at: .now)
        if let mail = queue.popFirst() {
            begin(mail, on: lane)
        } else if lanes[lane].session == nil {
            vacant.append(lane)
        } else {
            idle.append(lane)
        }
    }

    // MARK: What happens to a lane

    private func goOn(_ lane: Int) {
        guard let session = lanes[lane].session else { return }
        // What has come meanwhile may go behind the lane's mail.
        emptyInbox()
        defer { emptyInbox() }
        let wasBusy = session.isBusy
        session.goOn { next(on: lane) }
        if wasBusy { return settle(lane) }
        // Nobody asked: it says that it closes the connection, or has done so.
        guard !session.isUsable else { return }
        idle.removeAll { $0 == lane }
        close(lane)
        vacant.append(lane)
    }

    private func watch(_ lane: Int, _ session: SMTPSession) {
        if session.isBlocked != lanes[lane].isWaitingToWrite, let source = lanes[lane].source {
            lanes[lane].isWaitingToWrite = session.isBlocked
            loop.change(source, to: session.isBlocked ? .writable : .readable)
        }
        guard session.deadline < lanes[lane].alarm else { return }
        lanes[lane].alarm = session.deadline
        loop.schedule(at: session.deadline) { [weak self] in self?.assumeIsolated { $0.alarm(lane) } }
    }

    /// An alarm is set no sooner than the one before it has rung: most answers come long before their deadline.
    private func alarm(_ lane: Int) {
        lanes[lane].alarm = .distantFuture
        guard let session = lanes[lane].session, session.isBusy else { return }
        guard session.deadline <= .now else { return watch(lane, session) }
        session.expire()
        settle(lane)
        emptyInbox()
    }

    // MARK: Patience

    private func watchQueue() {
        guard !isWatchingQueue, let end = queue.endOfPatience else { return }
        isWatchingQueue = true
        loop.schedule(at: end) { [weak self] in self?.assumeIsolated { $0.reviewQueue() } }
    }

    private func reviewQueue() {
        isWatchingQueue = false
        for mail in queue.removeStalled(at: .now) { sendAway(mail) }
        watchQueue()
    }

    private func sendAway(_ mail: PendingMail) {
        mail.end(
            .failure(.exhausted("Every connection has been busy with one mail for long.", retryAfter: .seconds(10))))
    }
}
