import JobQueue
import RedisClient

/// The library with two functions more that replay and delete a dead letter, by the hooks that are there for them.
enum ReplayHooks {
    static func source(of library: String) -> String { library + functions }

    private static let functions = """

        local function take_dead(stream, token)
            local packed = redis.call('HGET', stream .. ':dead:jobs', token)
            if not packed then return nil end
            redis.call('HDEL', stream .. ':dead:jobs', token)
            redis.call('ZREM', stream .. ':dead', token)
            return unpack_job(packed, token)
        end

        redis.register_function('cw_test_replay', function(keys, args)
            local job = take_dead(keys[1], args[1])
            if not job then return 0 end
            make_ready(keys[1], job)
            job_revived(keys[1], job)
            return 1
        end)

        redis.register_function('cw_test_delete', function(keys, args)
            local job = take_dead(keys[1], args[1])
            if not job then return 0 end
            job_deleted(keys[1], job)
            return 1
        end)
        """
}
