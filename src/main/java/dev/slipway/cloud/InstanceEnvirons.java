package dev.slipway.cloud;

import dev.slipway.cloud.apprunner.Environs;
import dev.slipway.cloud.balancer.Balancer;
import dev.slipway.cloud.egress.Egress;
import dev.slipway.cloud.egress.NameServers;
import dev.slipway.cloud.http.HttpHandler;
import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.runtime.Entrance;
import dev.slipway.cloud.runtime.Surroundings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What instances find around them: AWS's API as this cloud has it, at the address at which Amazon ECS gives credentials to tasks; the credentials of
 * their role there, if they have one; other services, and other machines.
 *
 * @param api answers AWS's calls of instances
 * @param random makes the paths of credentials, which must not be guessed
 */
record InstanceEnvirons(
        HttpServer server,
        Balancer balancer,
        ServiceRoles roles,
        HttpHandler api,
        InstantSource clock,
        RandomGenerator random)
        implements Environs {
    /** As Amazon ECS gives them. */
    private static final Duration SESSION = Duration.ofHours(6);

    @Override
    public Surroundings around(String serviceArn, @Nullable String instanceRole, String instance) {
        Optional<RoleCredentials> credentials = Optional.ofNullable(instanceRole)
                .map(role -> new RoleCredentials(
                        path(), role, () -> roles.keys(role, serviceArn, instance, SESSION), roles::isCurrent, clock));
        return new Around(serviceArn.split(":")[3], credentials);
    }

    private String path() {
        synchronized (random) {
            return RoleCredentials.PREFIX + new UUID(random.nextLong(), random.nextLong());
        }
    }

    private boolean isService(InetSocketAddress address) {
        return address.getPort() == server.port() && balancer.takes(address.getAddress());
    }

    private final class Around implements Surroundings {
        private final String region;
        private final Optional<RoleCredentials> credentials;
        private final Egress egress = new Egress(Entrance.NAME_SERVER, NameServers::ofMachine);

        Around(String region, Optional<RoleCredentials> credentials) {
            this.region = region;
            this.credentials = credentials;
        }

        @Override
        public Map<String, String> variables(URI machine) {
            Map<String, String> variables = new HashMap<>();
            variables.put("AWS_REGION", region);
            variables.put("AWS_DEFAULT_REGION", region);
            variables.put("AWS_ENDPOINT_URL", machine.toString());
            credentials.ifPresent(found -> {
                // Clients put the relative one after this address by themselves.
                if (machine.equals(Entrance.MACHINE)) {
                    variables.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", found.path());
                } else {
                    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", machine + found.path());
                }
            });
            return variables;
        }

        @Override
        public void open(Entrance entrance) {
            ChannelInitializer<Channel> http = server.serving(exchange -> {
                if (exchange.path().startsWith(RoleCredentials.PREFIX)) {
                    RoleCredentials.answer(exchange, credentials);
                } else {
                    api.handle(exchange);
                }
            });
            entrance.open(
                    server.eventLoops(),
                    new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            InetSocketAddress meant = (InetSocketAddress) channel.localAddress();
                            if (Entrance.isMachine(meant) || isService(meant)) {
                                channel.pipeline().addLast(http);
                            } else {
                                egress.relay(channel);
                            }
                        }
                    },
                    egress.names());
        }
    }
}
