package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.balancer.Balancer;
import dev.slipway.cloud.logs.LogStore;
import dev.slipway.cloud.runtime.ContainerRuntime;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.trouble.Troubles;
import io.netty.channel.EventLoopGroup;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What App Runner is made of. It owns none of these: whoever made them closes them, after {@link AppRunner#close()}.
 *
 * @param loops where health checks dial from
 * @param workers for work that blocks: pulling, unpacking and starting
 */
public record Parts(
        Store store,
        LogStore logs,
        ContainerRuntime runtime,
        Environs environs,
        Balancer balancer,
        ImagePuller images,
        RoleAssumer roles,
        SecretReader secrets,
        AddressBinder addresses,
        Troubles troubles,
        EventLoopGroup loops,
        InstantSource clock,
        RandomGenerator random,
        Executor workers) {}
