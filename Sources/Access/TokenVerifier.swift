internal import HTTPServer
internal import JOSE
package import Logging
package import Platform
internal import Signing
internal import Synchronization

/// Tells whose a token is (RFC 7519, signed with RS256), by keys that it fetches in the background.
package final class TokenVerifier: Sendable {
    /// JSON Web Tokens, and those of RFC 9068.
    private static let types: Set<String> = ["jwt", "at+jwt", "application/jwt", "application/at+jwt"]
    /// Verified tokens that are kept, so that their signatures are checked once.
    private static let mostVerified = 4096

    private struct Verified {
        let principal: Principal
        let end: Int
    }

    private struct State {
        var keys: TrustedKeys?
        var fetched: MonotonicTime?
        /// When keys were last asked for.
        var asked: MonotonicTime?
        /// Whether they are asked for now, or about to be.
        var isAsking = false
        var wakeUp: Promise<Void>?
        var verified: [[UInt8]: Verified] = [:]
        /// Counts the changes of the keys.
        var generation = 0
    }

    private let rules: TokenRules
    private let source: TokenKeySource
    /// The least time between two fetches for keys that tokens name and nobody knows: strangers can ask for those.
    private let pause: Duration
    /// How long keys hold that cannot be fetched again.
    private let validity: Duration
    private let loop: EventLoop
    private let logger: Logger
    private let state = Mutex(State())

    package init(
        _ rules: TokenRules, _ source: TokenKeySource, pause: Duration = .seconds(30),
        validity: Duration = .seconds(3600), loop: EventLoop, logger: Logger
    ) {
        (self.rules, self.source, self.pause, self.validity) = (rules, source, pause, validity)
        (self.loop, self.logger) = (loop, logger)
    }

    // MARK: On the server's threads

    func admit(_ token: String) -> Admission {
        let hash = SHA256.hash(Array(token.utf8))
        let now = WallClock.milliseconds
        let (keys, verified, generation) = state.withLock { state in
            (knownKeys(state), state.verified[hash], state.generation)
        }
        guard let keys else { return .unavailable }
        if let verified { return now < verified.end ? .admitted(verified.principal) : .unknown }
        do throws(InvalidToken) {
            let payload = try SignedToken.payload(of: token, types: Self.types) { keys.keys[$0] }
            guard let claims = TokenClaims(payload), let end = claims.end(rules),
                let principal = claims.principal(rules, at: now)
            else { return .unknown }
            remember(Verified(principal: principal, end: end), as: hash, generation)
            return .admitted(principal)
        } catch .unknownKey {
            return askForKeys() ? .unavailable : .unknown
        } catch {
            return .unknown
        }
    }

    private func knownKeys(_ state: State) -> TrustedKeys? {
        guard let fetched = state.fetched, MonotonicTime.now < fetched + validity else { return nil }
        return state.keys
    }

    private func remember(_ verified: Verified, as hash: [UInt8], _ generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.verified.count >= Self.mostVerified { state.verified = [:] }
            state.verified[hash] = verified
        }
    }

    /// Has the keys fetched, where that was not done just now.
    /// - Returns: whether they are being fetched.
    private func askForKeys() -> Bool {
        let (isAsking, wakeUp) = state.withLock { state in
            if !state.isAsking, state.asked.map({ $0 + pause <= .now }) ?? true {
                state.isAsking = true
                return (true, state.wakeUp)
            }
            return (state.isAsking, nil)
        }
        wakeUp?.complete(with: ())
        return isAsking
    }

    // MARK: In the background

    /// Fetches the keys again and again, until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            await fetch()
            await rest()
        }
    }

    /// Fetches the keys once.
    package func fetch() async {
        state.withLock { state in (state.isAsking, state.asked) = (true, .now) }
        do {
            take(try await source.read())
        } catch {
            state.withLock { $0.isAsking = false }
            guard !Task.isCancelled else { return }
            logger.warning("the keys of tokens cannot be fetched", [("error", .string("\(error)"))])
        }
    }

    private func take(_ keys: TrustedKeys) {
        state.withLock { state in
            // What a key has signed that is withdrawn holds no more.
            if state.keys?.isSame(as: keys) != true {
                state.verified = [:]
                state.generation += 1
            }
            (state.keys, state.fetched, state.isAsking) = (keys, .now, false)
        }
    }

    private func rest() async {
        let wakeUp = Promise<Void>()
        let timer = loop.schedule(at: .now + source.readEvery) { wakeUp.complete(with: ()) }
        let isWanted = state.withLock { state in
            state.wakeUp = wakeUp
            return state.isAsking
        }
        if isWanted { wakeUp.complete(with: ()) }
        await withTaskCancellationHandler {
            await wakeUp.wait()
        } onCancel: {
            wakeUp.complete(with: ())
        }
        loop.cancel(timer)
    }
}
